import type { ComparisonProblem } from '../../../core/compare';
import { Brownian, divided } from '../../../core/compare/brownian';
import { formatNumber } from '../../../core/text/format';
import { integrate, integratorOf, type Integrator, type Solution } from '../../../core/integrators';
import { InputError } from '../../../core/registry/problem';
import { principalAxes, project } from '../../../core/math/pca';
import { Random } from '../../../core/math/random';
import { evenly, uniform } from '../../../core/math/spacing';
import { timeOf } from '../../../core/schedules/window';
import type { ComparedPaths, PathChoice, PathLine } from '../../../core/compare/comparedPaths';
import { spreadStarts } from './integratedPaths';
import { driftField } from './driftField';

/** Times at which a path is drawn that takes its own steps, and the most of any. */
const [SHOWN, MOST] = [200, 400];

/** Parts of every step on which stochastic paths are followed. */
const PARTS = 8;

/** What the reference may be off by in a step; u in float32 allows no less. */
const [EXACT, ROUNDED] = [1e-10, 1e-6];

/** The largest dimension whose principal axes are computed: they cost its cube. */
const AXES = 64;

/** Of many paths a dozen, spread over their starts, unless u is bound to all. */
export function fewPaths(problem: ComparisonProblem): ComparisonProblem {
  const { d, z0, together } = problem;
  if (together) return problem;
  const chosen = spreadStarts(problem);
  const few = Float64Array.from({ length: chosen.length * d }, (_, i) => z0[chosen[Math.floor(i / d)]! * d + (i % d)]!);
  return { ...problem, z0: few, n: chosen.length };
}

/** Where the paths of a problem go by some rows of its comparison, beside the reference; an InputError where a row is none. */
export function comparedPaths(problem: ComparisonProblem, text: string, choices: readonly PathChoice[]): ComparedPaths {
  const { n, d, window } = problem;
  const notes: string[] = [];
  const plans = choices.map((choice) => ({ choice, times: timesOf(problem, choice) }));
  const lines = problem.noise ? noisyLines(problem, plans) : plainLines(problem, plans, notes);
  const flow = { ...problem, times: Float64Array.of(window.start, window.end), integrator: integratorOf('euler') };
  const base = { problem: text, n, notes, window: [window.start, window.end] as const };
  if (d === 1)
    return {
      ...base,
      lines,
      field: driftField(
        flow,
        lines.map(({ states }) => states),
      ),
    };
  notes.push('States have more than one dimension, so their drift is not drawn: it depends on all of them.');
  return { ...base, ...inPlane(lines, d) };
}

interface Plan {
  readonly choice: PathChoice;
  readonly times: Float64Array;
}

function timesOf(problem: ComparisonProblem, { grid, steps, tolerance }: PathChoice): Float64Array {
  const { schedule, window, dynamics, grids } = problem;
  if (tolerance !== undefined) return uniform(window.start, window.end, SHOWN + 1);
  const row = grids.find(({ label }) => label === grid);
  if (!row) throw new InputError(`the grid ${grid} is none of this comparison’s: compare again`);
  return row.grid.times({ schedule, window, clock: dynamics.clock }, steps);
}

const labelOf = ({ integrator, grid, steps, tolerance }: PathChoice) =>
  tolerance === undefined
    ? `${integratorOf(integrator).title}, ${steps} steps, ${grid}`
    : `${integratorOf(integrator).title}, own steps at ${formatNumber(tolerance)}`;

/** Paths of one line, thinned where there are many times. */
function lineOf(
  label: string,
  row: number | undefined,
  times: Float64Array,
  { path }: Solution,
  size: number,
): PathLine {
  const kept = evenly(times.length, MOST + 1);
  const states = new Float64Array(kept.length * size);
  kept.forEach((k, i) => states.set(path!.subarray(k * size, (k + 1) * size), i * size));
  return { row, label, times: Float64Array.from(kept, (k) => times[k]!), states };
}

function plainLines(problem: ComparisonProblem, plans: readonly Plan[], notes: string[]): PathLine[] {
  const { dynamics, schedule, denoiser, window, z0, n, d, together } = problem;
  const run = (integrator: Integrator, times: Float64Array, tolerance?: number) =>
    integrate({ dynamics, schedule, denoiser, z0, n, d, integrator, times, tolerance, savePath: true });
  const lines = plans.map(({ choice, times }, row) =>
    lineOf(labelOf(choice), row, times, run(integratorOf(choice.integrator), times, choice.tolerance), n * d),
  );
  if (denoiser.times !== 'all') {
    notes.push('This u exists at its block times only, so there is no finer path to show beside these.');
    return lines;
  }
  const levels = uniform(schedule.logSnr(window.start), schedule.logSnr(window.end), SHOWN + 1);
  const even = levels.every(Number.isFinite)
    ? levels.map((level, k) => (k === 0 ? window.start : k === SHOWN ? window.end : timeOf(schedule, level, window)))
    : uniform(window.start, window.end, SHOWN + 1);
  const exact = run(integratorOf('dopri5'), even, together ? ROUNDED : EXACT);
  if (exact.failure) notes.push(`There is no reference to show: ${exact.failure}.`);
  else lines.push(lineOf('reference', undefined, even, exact, n * d));
  return lines;
}

/** Stochastic methods along the same Brownian paths, and SRA1 with steps many times as fine as both. */
function noisyLines(problem: ComparisonProblem, plans: readonly Plan[]): PathLine[] {
  const { dynamics, schedule, denoiser, z0, n, d, seed = 0 } = problem;
  const flow = { dynamics, schedule, denoiser, noise: true };
  const all = Float64Array.from(new Set(plans.flatMap(({ times }) => Array.from(times)))).sort();
  const fine = divided(flow, all, PARTS);
  const paths = new Brownian(fine, n * d, Random.stream(seed, 'noise'));
  const run = (integrator: Integrator, times: Float64Array) => {
    const random = paths.draws(integrator, flow, times);
    return integrate({ ...flow, z0, n, d, integrator, times, random, savePath: true });
  };
  return [
    ...plans.map(({ choice, times }, row) =>
      lineOf(labelOf(choice), row, times, run(integratorOf(choice.integrator), times), n * d),
    ),
    lineOf('reference', undefined, fine, run(integratorOf('sra1'), fine), n * d),
  ];
}

/** The same paths along two axes: their coordinates where there are two, else the principal axes of the last line. */
function inPlane(lines: readonly PathLine[], d: number): Pick<ComparedPaths, 'lines' | 'axes'> {
  const finite = lines.filter(({ states }) => states.every(Number.isFinite));
  if (d === 2) return { lines, axes: ['coordinate 1', 'coordinate 2'] };
  if (d > AXES || !finite.length) {
    const first = (states: Float64Array) =>
      Float64Array.from({ length: (2 * states.length) / d }, (_, i) => states[Math.floor(i / 2) * d + (i % 2)]!);
    return { lines: lines.map((line) => ({ ...line, states: first(line.states) })), axes: ['coordinate 1', 'coordinate 2'] }; // prettier-ignore
  }
  const projection = principalAxes(finite.at(-1)!.states, d);
  const named = (axis: number) => `axis ${axis + 1} (${Math.round(100 * projection.shares[axis]!)} % of the variance)`;
  return {
    lines: lines.map((line) => ({ ...line, states: project(line.states, projection) })),
    axes: [named(0), named(1)],
  };
}
