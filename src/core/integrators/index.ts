import { rowOf } from '../parameters';
import { euler } from './euler';
import { eulerMaruyama } from './eulerMaruyama';
import { exponential1 } from './exponential1';
import { heun } from './heun';
import type { Integrator } from './integrator';
import { posteriorStep } from './posteriorStep';
import { rk4 } from './rk4';

/** Every method, in the order the pickers show. A new one is a file beside this and a row here. */
export const integrators: readonly Integrator[] = [euler, heun, rk4, exponential1, posteriorStep, eulerMaruyama];

export const integratorIds = integrators.map((row) => row.id);

/** The method of this id; an InputError that lists the known ids where there is none. */
export const integratorOf = (id: string): Integrator => rowOf('integrator', integrators, id);

export { integrate } from './integrate';
export { refusal } from './integrator';
export type { Integration, Solution } from './integrate';
export type { Flow, FlowTraits, Integrator, Requirement } from './integrator';
