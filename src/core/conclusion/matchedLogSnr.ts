import type { Denoiser } from '../denoisers';
import { InputError } from '../registry/problem';
import type { Schedule } from '../schedules';
import { timeOf, windowOf, type Window } from '../schedules/window';

/** A schedule with the name that sentences use. */
export interface NamedSchedule {
  readonly label: string;
  readonly schedule: Schedule;
}

/** The log-SNR that all of the schedules reach within the limit, [low, high]; an InputError where there is none. */
export function commonLogSnr(rows: readonly NamedSchedule[], limit: number): readonly [number, number] {
  const ranges = rows.map(({ label, schedule }) => {
    const window = windowOf(schedule, limit);
    if (!window) throw new InputError(`${label} lies wholly outside the window |log-SNR| <= ${limit}`);
    return [schedule.logSnr(window.start), schedule.logSnr(window.end)] as const;
  });
  const low = Math.max(...ranges.map(([from]) => from));
  const high = Math.min(...ranges.map(([, to]) => to));
  if (low < high) return [low, high];
  throw new InputError(
    `${rows.map(({ label }) => label).join(', ')} have no log-SNR in common: choose other schedules`,
  );
}

/** The window of a schedule between two log-SNRs that it reaches. */
export function windowBetween(schedule: Schedule, [low, high]: readonly [number, number], limit: number): Window {
  const window = windowOf(schedule, limit)!;
  return { start: timeOf(schedule, low, window), end: timeOf(schedule, high, window) };
}

/** A u that was trained under one schedule, asked under another: at the time at which its own has the same log-SNR. */
export function matchedDenoiser(u: Denoiser, trained: Schedule, window: Window): Denoiser {
  return {
    ...u,
    denoise: (z, n, d, _t, logSnr, out) => u.denoise(z, n, d, timeOf(trained, logSnr, window), logSnr, out),
  };
}
