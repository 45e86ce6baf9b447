import { formatNumber } from '../format';
import { integrate, integrateAdaptive, pairOf, refusal, type Integrator, type Solution } from '../integrators';
import { InputError } from '../problem';
import { distances, rms, type Errors, type Norm } from './norm';
import { findReference, type Reference, type ReferenceProblem } from './reference';
import { bySeries, OWN_STEPS, type ComparisonRow, type GridChoice } from './series';
import { fitSlope, type Slope } from './slope';
import { pastLimit } from './stability';
import { verdictOf } from './verdict';

/** Which methods are run on which grids with which step counts, and at which tolerances, on one flow. */
export interface ComparisonProblem extends ReferenceProblem {
  readonly grids: readonly GridChoice[];
  readonly integrators: readonly Integrator[];
  readonly steps: readonly number[];
  /** Relative and absolute tolerances for the methods that can choose their own steps (none). */
  readonly tolerances?: readonly number[] | undefined;
  /** How `error` is measured (rms). */
  readonly norm?: Norm | undefined;
  /** The error that the verdict asks for (0.01). */
  readonly aim?: number | undefined;
  /** Sees the end states (n x d) of every row that has an error. */
  readonly onEnds?: ((row: ComparisonRow, z: Float64Array) => void) | undefined;
}

/** What the comparison has come to. */
export interface ComparisonProgress {
  /** Of `total`: the reference counts as one. */
  readonly done: number;
  readonly total: number;
  /** The row just finished. */
  readonly row?: ComparisonRow;
  /** The result of the rows so far, for a caller that stops here; there once the reference is. */
  readonly result?: () => ComparisonResult;
}

export interface ComparisonResult {
  readonly reference: Reference;
  readonly norm: Norm;
  readonly rows: readonly ComparisonRow[];
  /** One for a method on a grid or with its own steps, in order. */
  readonly slopes: readonly Slope[];
  readonly verdict: string;
}

/** One run that is to be made. */
type Task = { readonly integrator: Integrator } & (
  { readonly choice: GridChoice; readonly steps: number } | { readonly tolerance: number }
);

/**
 * The work-precision comparison, piece by piece: yields after each piece, so that a caller can show progress, let
 * others run, or stop by asking for no more. `now` is a clock in milliseconds. An InputError where the flow is
 * stochastic.
 */
export function* compare(
  problem: ComparisonProblem,
  now: () => number,
): Generator<ComparisonProgress, ComparisonResult, void> {
  const { norm = 'rms', aim = 0.01 } = problem;
  if (problem.noise)
    throw new InputError(
      'integrators are compared on one path from each start, and dynamics.noise is on: turn it off to compare them',
    );
  const tasks = tasksOf(problem);
  const total = 1 + tasks.length;
  const search = findReference(problem);
  let found = search.next();
  while (!found.done) {
    yield { done: 0, total };
    found = search.next();
  }
  const reference = found.value;
  const rows: ComparisonRow[] = [];
  const result = (): ComparisonResult => {
    const floor = reference.errors[norm];
    const slopes = bySeries(rows).map((series) => fitSlope(series, floor));
    return { reference, norm, rows: [...rows], slopes, verdict: verdictOf(rows, aim, { norm, floor }) };
  };
  yield { done: 1, total, result };
  for (const task of tasks) {
    const row = compareRow(problem, task, reference, now);
    rows.push(row);
    yield { done: 1 + rows.length, total, row, result };
  }
  return result();
}

/** Every run, method by method: fixed steps on each grid, then at each tolerance where the method can. */
function tasksOf({ integrators, grids, steps, tolerances = [], ...place }: ComparisonProblem): Task[] {
  const clock = place.dynamics.clock;
  return integrators.flatMap((integrator) => [
    ...grids.flatMap((choice) => {
      const given = choice.grid.count?.({ ...place, clock });
      return (given === undefined ? steps : [given]).map((count) => ({ integrator, choice, steps: count }));
    }),
    ...(pairOf(integrator) ? tolerances.map((tolerance) => ({ integrator, tolerance })) : []),
  ]);
}

/** The error, as a share of the states' size, at which steps past the limit of stability have told. */
const SPOILT = 0.1;

const UNKNOWN: Errors = { rms: NaN, max: NaN, mean: NaN, variance: NaN };

function compareRow(
  { window, onEnds, norm = 'rms', ...flow }: ComparisonProblem,
  task: Task,
  reference: Reference,
  now: () => number,
): ComparisonRow {
  const { integrator } = task;
  const { label, title } = 'choice' in task ? task.choice : OWN_STEPS;
  const base = {
    integrator: integrator.id,
    grid: label,
    gridTitle: title,
    ...('choice' in task ? { steps: task.steps } : { steps: 0, tolerance: task.tolerance }),
    evaluations: 0,
    error: NaN,
    errors: UNKNOWN,
    nearFloor: false,
    milliseconds: 0,
  };
  const refused = refusal(integrator, flow);
  if (refused) return { ...base, status: 'refused', reason: refused };
  const { dynamics, schedule, denoiser, z0, n, d } = flow;
  const course = { dynamics, schedule, denoiser, z0, n, d, integrator };
  let times: Float64Array;
  try {
    times =
      'choice' in task
        ? task.choice.grid.times({ schedule, window, clock: dynamics.clock }, task.steps)
        : Float64Array.of(window.start, window.end);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { ...base, status: 'refused', reason: error.message };
  }
  const start = now();
  const run = 'choice' in task ? fixed(course, times) : own(course, times, task.tolerance);
  const { z, evaluations, taken, failure, warning } = run;
  const spent = { ...base, ...taken, evaluations, milliseconds: now() - start };
  const lost = z.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0);
  const told = `${lost} of ${z.length} numbers are not finite at the end: take more steps or another method`;
  if (failure || lost)
    return { ...spent, status: 'diverged', reason: failure || (warning ? `${warning}; ${told}` : told) };
  const errors = distances(z, reference.z, d);
  const row: ComparisonRow = {
    ...spent,
    error: errors[norm],
    errors,
    nearFloor: errors[norm] < 100 * reference.errors[norm],
    // u that follows the state takes from the rate of decay, so a step past the limit may yet be a good one.
    status: warning && !(errors.rms <= SPOILT * rms(reference.z)) ? 'unstable' : 'done',
    reason: warning,
  };
  onEnds?.(row, z);
  return row;
}

/** What one run has come to. */
interface Run extends Solution {
  readonly taken: { readonly steps: number; readonly rejected?: number };
  readonly failure: string;
  readonly warning: string;
}

type Course = Omit<Parameters<typeof integrate>[0], 'times'>;

function fixed(course: Course, times: Float64Array): Run {
  const solution = integrate({ ...course, times });
  const steps = times.length - 1;
  const excess = pastLimit(course.integrator, course, times);
  const warning = excess.steps
    ? `${excess.steps} of ${steps} steps are past the stability limit ${formatNumber(course.integrator.stability!)}: ` +
      `step times rate of decay is up to ${formatNumber(excess.largest)}`
    : '';
  return { ...solution, taken: { steps }, failure: '', warning };
}

function own(course: Course, times: Float64Array, tolerance: number): Run {
  const { accepted, rejected, ...solution } = integrateAdaptive({ ...course, times, rtol: tolerance, atol: tolerance });
  return { ...solution, taken: { steps: accepted, rejected }, warning: '' };
}
