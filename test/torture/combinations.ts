import { pastLimit } from '../../src/core/compare/stabilityLimit';
import { createDenoiser, denoiserIds, formulaDenoiser, denoiserFamily } from '../../src/core/denoisers';
import { createDynamics, dynamicsIds, type Dynamics } from '../../src/core/dynamics';
import { createGrid, gridFamily, gridIds, type Grid } from '../../src/core/grids';
import { integrate, integrators, refusal, type Integrator } from '../../src/core/integrators';
import { pairOf } from '../../src/core/integrators/tableau';
import { Random } from '../../src/core/math/random';
import { noiseLevelAt } from '../../src/core/process/noiseLevel';
import { starts } from '../../src/core/process/starts';
import { startStates } from '../../src/core/process/starts/states';
import { InputError } from '../../src/core/registry/problem';
import { defaults } from '../../src/core/registry/parameters';
import { scheduleIds, type Schedule } from '../../src/core/schedules';
import { entryLabel, entrySchedule, newEntry, newModifier } from '../../src/core/schedules/entry';
import { modifierIds } from '../../src/core/schedules/modifiers';
import { presets } from '../../src/core/schedules/presets';
import { windowOf, type Window } from '../../src/core/schedules/window';
import type { Fault, FaultRun, Outcome } from './fault';

/** Paths and their dimension: enough for each path to be on its own. */
const [N, D] = [3, 2];

const SEED = 5;

/** Windows of log-SNR: a part of every schedule, the default, and all that there is up to the poles. */
const LIMITS = [2, 15, 700];

const STEPS = [1, 7];

interface Named<T> {
  readonly name: string;
  readonly value: T;
}

const named = <T>(name: string, value: T): Named<T> => ({ name, value });

/** Every family, every modifier on a schedule with ends and on one without, and every preset. */
const scheduleRows = (): Named<Schedule>[] =>
  [
    ...scheduleIds.map(newEntry),
    ...modifierIds.flatMap((id) =>
      ['linear-beta', 'rectified-flow'].map((base) => ({ ...newEntry(base), modifiers: [newModifier(id)] })),
    ),
    ...presets.map(({ entry }) => entry),
  ].map((entry) => named(entryLabel(entry), entrySchedule(entry)));

/** Every dynamics; the family of λ at its ends too. */
const dynamicsRows = (): Named<Dynamics>[] => [
  ...dynamicsIds.map((id) => named(id, createDynamics(id))),
  ...[0, 2].map((lambda) => named(`lambda-family, λ = ${lambda}`, createDynamics('lambda-family', { lambda }))),
];

/** Every method, and by tolerance those that choose their own steps. */
const methodRows = (): Named<{ integrator: Integrator; tolerance?: number }>[] => [
  ...integrators.map((integrator) => named(integrator.id, { integrator })),
  ...integrators
    .filter(pairOf)
    .map((integrator) => named(`${integrator.id} by tolerance`, { integrator, tolerance: 1e-3 })),
];

const gridRows = (): Named<Grid>[] =>
  gridIds.map((id) => {
    const family = gridFamily(id);
    return named(id, createGrid(id, defaults(family), family.takes === 'times' ? [0.1, 0.5, 0.95] : []));
  });

const denoiserRows = () =>
  denoiserIds
    .filter((id) => !denoiserFamily(id).needs)
    .map((id) => named(id, { u: createDenoiser(id), law: formulaDenoiser(id).law(defaults(denoiserFamily(id))) }));

/** One of the combinations. */
interface Combination {
  readonly text: string;
  readonly schedule: Schedule;
  readonly limit: number;
  readonly dynamics: Dynamics;
  readonly noise: boolean;
  readonly method: { readonly integrator: Integrator; readonly tolerance?: number };
  readonly grid: Grid;
  readonly steps: number;
  readonly denoiser: ReturnType<typeof denoiserRows>[number]['value'];
  readonly start: string;
}

/** All combinations, by their numbers. u and the start go round with the number: they are no choice of the method. */
class Combinations {
  private readonly axes = {
    schedule: scheduleRows(),
    limit: LIMITS.map((limit) => named(`|γ| <= ${limit}`, limit)),
    dynamics: dynamicsRows(),
    noise: [named('no noise', false), named('noise', true)],
    method: methodRows(),
    grid: gridRows(),
    steps: STEPS.map((steps) => named(`${steps} steps`, steps)),
  };
  private readonly denoisers = denoiserRows();
  readonly count = Object.values(this.axes).reduce((all, { length }) => all * length, 1);

  at(index: number): Combination {
    let rest = index;
    const words: string[] = [];
    const choose = <T>(rows: readonly Named<T>[]): T => {
      const { name, value } = rows[rest % rows.length]!;
      rest = Math.floor(rest / rows.length);
      words.push(name);
      return value;
    };
    const { schedule, limit, dynamics, noise, method, grid, steps } = this.axes;
    const [u, start] = [this.denoisers[index % this.denoisers.length]!, starts[(index >> 2) % starts.length]!.id];
    const chosen = {
      steps: choose(steps),
      grid: choose(grid),
      method: choose(method),
      noise: choose(noise),
      dynamics: choose(dynamics),
      limit: choose(limit),
      schedule: choose(schedule),
    };
    return { ...chosen, denoiser: u.value, start, text: [...words.reverse(), u.name, start].join(', ') };
  }
}

/** The window of a schedule; undefined where it is empty. */
class Windows {
  private readonly known = new Map<Schedule, Map<number, Window | undefined>>();

  of(schedule: Schedule, limit: number): Window | undefined {
    const windows = this.known.get(schedule) ?? new Map<number, Window | undefined>();
    this.known.set(schedule, windows);
    if (!windows.has(limit)) windows.set(limit, windowOf(schedule, limit));
    return windows.get(limit);
  }
}

/** What a combination came to: a result, a reason, or a number that is none. */
type Came = { readonly states: Float64Array } | { readonly refused: string } | { readonly lost: string };

function run(one: Combination, windows: Windows): Came {
  const { schedule, dynamics, noise, grid, steps, limit, denoiser, start, method } = one;
  const { integrator, tolerance } = method;
  const flow = { dynamics, schedule, denoiser: denoiser.u, noise };
  const refused = refusal(integrator, flow);
  if (refused) return { refused: refused.includes('noise') ? 'no noise, or no method for it' : 'no clock' };
  const window = windows.of(schedule, limit);
  if (!window) return { refused: 'the schedule lies outside the window' };
  try {
    const times = grid.times({ schedule, window, clock: dynamics.clock }, steps);
    if (times.some((t, k) => !(t >= 0 && t <= 1) || (k > 0 && !(t > times[k - 1]!))))
      return { lost: `times ${times.join(' ')}` };
    const place = noiseLevelAt(dynamics, schedule, window.start);
    const z0 = startStates(start, { n: N, d: D, ...place, seed: SEED, law: denoiser.law });
    const random = Random.stream(SEED, 'noise');
    const { z, failure } = integrate({ ...flow, integrator, times, z0, n: N, d: D, random, tolerance });
    if (failure) return { refused: reasonOf(failure) };
    if (z.every(Number.isFinite)) return { states: z };
    if (pastLimit(integrator, flow, times)?.steps)
      return { refused: 'too large at the end, after steps past the stability limit' };
    return { lost: `ends at ${z.join(' ')}` };
  } catch (error) {
    if (error instanceof InputError) return { refused: reasonOf(error.message) };
    return { lost: error instanceof Error ? `${error.name}: ${error.message}` : 'no Error' };
  }
}

/** A message without the method, the dynamics and the numbers in it. */
const reasonOf = (message: string): string =>
  message
    .replace(/^\S+ needs a slope .* are infinite/, 'the method needs a slope where the rates are infinite')
    .replace(/\d[\d.e+-]*/g, '#')
    .slice(0, 70);

const isSame = (a: Came, b: Came): boolean =>
  'states' in a && 'states' in b ? Buffer.from(a.states.buffer).equals(Buffer.from(b.states.buffer)) : true;

async function integrateAll(faultRun: FaultRun): Promise<Outcome> {
  const [all, windows] = [new Combinations(), new Windows()];
  const isWhole = faultRun.times >= all.count;
  const wanted = Math.min(faultRun.times, all.count);
  const refusals = new Map<string, number>();
  const failures: string[] = [];
  let [done, ran, twice, lost, longest] = [0, 0, 0, 0, 0];
  for (; done < wanted && !faultRun.isOver(done); done++) {
    const index = isWhole ? done : faultRun.random(done).integer(all.count);
    const one = all.at(index);
    const begun = performance.now();
    const came = run(one, windows);
    longest = Math.max(longest, performance.now() - begun);
    if ('states' in came) ran++;
    else if ('refused' in came) refusals.set(came.refused, (refusals.get(came.refused) ?? 0) + 1);
    else {
      lost++;
      failures.push(`${one.text} (number ${index}): ${came.lost}`);
    }
    if ('states' in came && index % 7 === 0) {
      twice++;
      if (!isSame(came, run(one, windows))) failures.push(`${one.text}: another result with the same seed`);
    }
    if (done % 2000 === 1999) await new Promise(setImmediate);
  }
  for (const [reason, count] of [...refusals].sort(([, a], [, b]) => b - a))
    faultRun.log(`refused ${count}: ${reason}`);
  const refused = [...refusals.values()].reduce((sum, count) => sum + count, 0);
  return {
    times: done,
    lost: `${lost} not finite`,
    recovered: `${ran.toLocaleString('en')} ran, ${refused.toLocaleString('en')} refused with their reason`,
    longest,
    note: `of ${all.count.toLocaleString('en')} there are; ${twice.toLocaleString('en')} run twice, the same bytes`,
    failures,
  };
}

/** Every schedule, window, dynamics, noise, method, grid and count of steps with each other. */
export const combinationsFault: Fault = {
  name: 'combinations',
  what: 'every schedule x window x dynamics x noise x integrator x grid x steps is integrated or refused',
  times: { full: 2_000_000, short: 20_000 },
  seconds: 300,
  run: integrateAll,
};
