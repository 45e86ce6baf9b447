import type { RunState } from '../core/runs/record';
import { say } from './say';

/** The state of a run, for a person. */
export function stateText(state: RunState): string {
  switch (state) {
    case 'running':
      return say`running`;
    case 'done':
      return say`done`;
    case 'stopped':
      return say`stopped`;
    case 'diverged':
      return say`diverged`;
    case 'failed':
      return say`failed`;
    case 'interrupted':
      return say`interrupted`;
  }
}
