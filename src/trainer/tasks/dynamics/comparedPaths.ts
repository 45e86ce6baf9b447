import type { ComparisonProblem } from '../../../core/compare';
import { Brownian, divided } from '../../../core/compare/brownian';
import { formatNumber } from '../../../core/text/format';
import { integrate, integratorOf, type Integrator, type Solution } from '../../../core/integrators';
import { InputError } from '../../../core/registry/problem';
import { Random } from '../../../core/math/random';
import { evenly, uniform } from '../../../core/math/spacing';
import { timeOf } from '../../../core/schedules/window';
import type { ComparedPaths, PathChoice, PathLine } from '../../../core/compare/comparedPaths';
import { spreadStarts } from '../../../core/dynamicsPaths/integratedPaths';
import { driftField } from '../../../core/dynamicsPaths/driftField';
import { planeProjection } from '../../../core/dynamicsPaths/pathPlane';

/** Intervals between the drawn times of a path that takes its own steps, and the most of any path. */
const [OWN_INTERVALS, MOST_INTERVALS] = [200, 400];

/** Into how many parts the reference of stochastic paths divides every step. */
const PARTS = 8;

/** The tolerance of the reference, in double precision and where u is in single precision. */
const [EXACT, ROUNDED] = [1e-10, 1e-6];

/** A dozen of the paths, spread over their starts. All of them where u is bound to all. */
export function fewPaths(problem: ComparisonProblem): ComparisonProblem {
  const { d, z0, together } = problem;
  if (together) return problem;
  const chosen = spreadStarts(problem);
  const few = Float64Array.from({ length: chosen.length * d }, (_, i) => z0[chosen[Math.floor(i / d)]! * d + (i % d)]!);
  return { ...problem, z0: few, n: chosen.length };
}

/** The paths of a problem by some rows of its comparison, and the reference. An InputError where a row does not belong to it. */
export function comparedPaths(problem: ComparisonProblem, text: string, choices: readonly PathChoice[]): ComparedPaths {
  const { n, d, window } = problem;
  const notes: string[] = [];
  const rows = choices.map((choice) => ({ choice, times: timesOf(problem, choice) }));
  const lines = problem.noise ? noisyLines(problem, rows) : plainLines(problem, rows, notes);
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

/** A row of the comparison, with the times of its grid. */
interface ChosenRow {
  readonly choice: PathChoice;
  readonly times: Float64Array;
}

function timesOf(problem: ComparisonProblem, { grid, steps, tolerance }: PathChoice): Float64Array {
  const { schedule, window, dynamics, grids } = problem;
  if (tolerance !== undefined) return uniform(window.start, window.end, OWN_INTERVALS + 1);
  const row = grids.find(({ label }) => label === grid);
  if (!row) throw new InputError(`the grid ${grid} is none of this comparison’s: compare again`);
  return row.grid.times({ schedule, window, clock: dynamics.clock }, steps);
}

const labelOf = ({ grids }: ComparisonProblem, { integrator, grid, steps, tolerance }: PathChoice) =>
  tolerance === undefined
    ? `${integratorOf(integrator).title}, ${steps} steps, ${grids.find(({ label }) => label === grid)?.title ?? grid}`
    : `${integratorOf(integrator).title}, own steps at ${formatNumber(tolerance)}`;

/** One line: its paths, at some of the times where there are many. */
function lineOf(
  label: string,
  row: number | undefined,
  times: Float64Array,
  { path }: Solution,
  size: number,
): PathLine {
  const kept = evenly(times.length, MOST_INTERVALS + 1);
  const states = new Float64Array(kept.length * size);
  kept.forEach((k, i) => states.set(path!.subarray(k * size, (k + 1) * size), i * size));
  return { row, label, times: Float64Array.from(kept, (k) => times[k]!), states };
}

function plainLines(problem: ComparisonProblem, rows: readonly ChosenRow[], notes: string[]): PathLine[] {
  const { dynamics, schedule, denoiser, window, z0, n, d, together } = problem;
  const run = (integrator: Integrator, times: Float64Array, tolerance?: number) =>
    integrate({ dynamics, schedule, denoiser, z0, n, d, integrator, times, tolerance, savePath: true });
  const lines = rows.map(({ choice, times }, row) =>
    lineOf(labelOf(problem, choice), row, times, run(integratorOf(choice.integrator), times, choice.tolerance), n * d),
  );
  if (denoiser.times !== 'all') {
    notes.push('This u exists at its block times only, so there is no reference with finer steps.');
    return lines;
  }
  const levels = uniform(schedule.logSnr(window.start), schedule.logSnr(window.end), OWN_INTERVALS + 1);
  const even = levels.every(Number.isFinite)
    ? levels.map((level, k) =>
        k === 0 ? window.start : k === OWN_INTERVALS ? window.end : timeOf(schedule, level, window),
      )
    : uniform(window.start, window.end, OWN_INTERVALS + 1);
  const exact = run(integratorOf('dopri5'), even, together || denoiser.external ? ROUNDED : EXACT);
  if (exact.failure) notes.push(`There is no reference to show: ${exact.failure}.`);
  else lines.push(lineOf('reference', undefined, even, exact, n * d));
  return lines;
}

/** Stochastic methods along the same Brownian paths, and as the reference SRA1 with much finer steps. */
function noisyLines(problem: ComparisonProblem, rows: readonly ChosenRow[]): PathLine[] {
  const { dynamics, schedule, denoiser, z0, n, d, seed = 0 } = problem;
  const flow = { dynamics, schedule, denoiser, noise: true };
  const all = Float64Array.from(new Set(rows.flatMap(({ times }) => Array.from(times)))).sort();
  const fine = divided(flow, all, PARTS);
  const paths = new Brownian(fine, n * d, Random.stream(seed, 'noise'));
  const run = (integrator: Integrator, times: Float64Array) => {
    const random = paths.draws(integrator, flow, times);
    return integrate({ ...flow, z0, n, d, integrator, times, random, savePath: true });
  };
  return [
    ...rows.map(({ choice, times }, row) =>
      lineOf(labelOf(problem, choice), row, times, run(integratorOf(choice.integrator), times), n * d),
    ),
    lineOf('reference', undefined, fine, run(integratorOf('sra1'), fine), n * d),
  ];
}

/** The same paths in two dimensions: their coordinates, or along the principal axes of the last line that is finite. */
function inPlane(lines: readonly PathLine[], d: number): Pick<ComparedPaths, 'lines' | 'axes'> {
  const finite = lines.filter(({ states }) => states.every(Number.isFinite));
  const { axes, project } = planeProjection(finite.at(-1)?.states, d);
  return { lines: lines.map((line) => ({ ...line, states: project(line.states) })), axes };
}
