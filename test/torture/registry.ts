import { combinationsFault } from './combinations';
import type { Fault } from './fault';
import { fuzzFaults } from './fuzz';

/** Every fault: a new one is a file beside this and a row here. */
export const faults: readonly Fault[] = [combinationsFault, ...fuzzFaults];
