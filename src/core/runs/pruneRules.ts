import { InputError } from '../registry/problem';
import { byAge, type RunSummary } from './runList';
import type { RunRecord } from './record';

export type RunState = RunRecord['state'];

/** Which runs go: those that all of the rules given take in. */
export interface PruneRules {
  /** Milliseconds since a run was last written. */
  readonly olderThan?: number | undefined;
  /** So many of the newest runs stay. */
  readonly keep?: number | undefined;
  readonly states?: readonly RunState[] | undefined;
}

/** The states of a run that nobody trains. */
export const ENDED = ['done', 'stopped', 'diverged', 'failed', 'interrupted'] as const satisfies readonly RunState[];

/** The runs that rules take in, newest first. Runs in training and pinned ones always stay. `now` is in milliseconds. */
export function prunedRuns(
  runs: readonly RunSummary[],
  { olderThan, keep = 0, states = ENDED }: PruneRules,
  now: number,
): readonly RunSummary[] {
  return [...runs]
    .sort(byAge)
    .slice(keep)
    .filter(({ notes }) => !notes?.pinned)
    .filter(({ state }) => state !== 'running' && states.includes(state))
    .filter(({ updated }) => olderThan === undefined || now - Date.parse(updated) > olderThan);
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Milliseconds of an age such as 30d, 12h, 90m or 2w. An InputError names the field. */
export function readAge(field: string, text: string): number {
  const [, count, unit] = /^(\d+(?:\.\d+)?)([mhdw])$/.exec(text.trim()) ?? [];
  const age = Number(count) * (UNITS[unit ?? ''] ?? NaN);
  if (Number.isFinite(age)) return age;
  throw new InputError(
    `${field} must be a number with m, h, d or w (minutes, hours, days, weeks), such as 30d: got "${text}"`,
  );
}

/** States between commas, each of a run that nobody trains. An InputError names the field and those that there are. */
export function readStates(field: string, text: string): RunState[] {
  const states = text.split(',').map((state) => state.trim());
  const wrong = states.find((state) => !(ENDED as readonly string[]).includes(state));
  if (wrong === undefined) return states as RunState[];
  const running = wrong === 'running' ? ': a run in training always stays' : '';
  throw new InputError(`${field} takes ${ENDED.join(', ')} between commas: got "${wrong}"${running}`);
}
