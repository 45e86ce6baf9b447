import { formatNumber } from '../text/format';
import {
  integrating,
  refusal,
  settledFinal,
  timed,
  type FinalChoice,
  type Integrator,
  type Solution,
} from '../integrators';
import { InputError } from '../registry/problem';
import { comparePathwise, type FinePaths } from './pathwise';
import { distances, byNorm, rms, type Errors } from './norms';
import { methodMoments } from './affineMoments';
import type { Reference } from './reference';
import type { ReferenceProblem } from './referenceProblem';
import { OWN_STEPS, type ComparisonRow } from './comparisonRow';
import { type GridChoice } from './gridChoice';
import { pastLimit } from './stabilityLimit';

/** One run that is to be made. */
export type ComparisonRun = { readonly integrator: Integrator } & (
  | { readonly choice: GridChoice; readonly steps: number; readonly final?: FinalChoice | undefined }
  | { readonly tolerance: number }
);

/** What a row is of. */
export interface RowProblem extends ReferenceProblem {
  /** Sees the end states (n x d) of every row whose paths were run, measured or not. */
  readonly onEnds?: ((row: ComparisonRow, z: Float64Array) => void) | undefined;
}

/** The error, as a share of the states' size, above which a method with steps past its stability limit counts as unstable. */
const SPOILT = 0.1;

const UNKNOWN = byNorm(() => NaN);

/** The result of one run. */
interface RunOutcome {
  readonly errors: Errors;
  /** Root mean square of the states it should end in. */
  readonly size: number;
  readonly evaluations: number;
  readonly milliseconds: number;
  readonly steps: number;
  readonly rejected?: number;
  /** End states; none where there are no paths. */
  readonly z?: Float64Array;
  readonly sampling?: Errors;
  readonly floor?: Errors;
  readonly failure?: string | undefined;
}

/** Makes one run and measures it; yields where it takes long. */
export function* compareRow(
  problem: RowProblem,
  task: ComparisonRun,
  reference: Reference,
  known: FinePaths,
  now: () => number,
): Generator<void, ComparisonRow> {
  const { integrator } = task;
  const { norm = 'rms', window, dynamics, schedule, denoiser, noise = false } = problem;
  const { label, title } = 'choice' in task ? task.choice : OWN_STEPS;
  const base: ComparisonRow = {
    integrator: integrator.id,
    grid: label,
    gridTitle: title,
    ...('choice' in task && task.final && { final: settledFinal(task.final, schedule).id }),
    ...('choice' in task ? { steps: task.steps } : { steps: 0, tolerance: task.tolerance }),
    evaluations: 0,
    error: NaN,
    errors: UNKNOWN,
    nearFloor: false,
    milliseconds: 0,
    status: 'refused',
    reason: '',
  };
  const flow = { dynamics, schedule, denoiser, noise };
  const refused = refusal(integrator, flow);
  if (refused) return { ...base, reason: refused };
  let times: Float64Array;
  let outcome: RunOutcome;
  try {
    times =
      'choice' in task
        ? task.choice.grid.times({ schedule, window, clock: dynamics.clock }, task.steps)
        : Float64Array.of(window.start, window.end);
    outcome = yield* outcomeOf(problem, task, times, reference, known, now);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { ...base, reason: error.message };
  }
  const excess = 'choice' in task ? pastLimit(integrator, flow, times) : undefined;
  const warning = excess?.steps
    ? `${excess.steps} of ${times.length - 1} steps are past the stability limit ${formatNumber(integrator.stability!)}: ` +
      `step times rate of decay is up to ${formatNumber(excess.largest)}`
    : '';
  const { errors, size, z, sampling, floor, rejected, failure, ...spent } = outcome;
  const { steps, evaluations, milliseconds } = spent;
  const row = {
    ...base,
    ...(excess && { load: excess.largest, limit: integrator.stability! }),
    ...('choice' in task && steps !== task.steps && { asked: task.steps }),
    ...(rejected !== undefined && { rejected }),
    steps,
    evaluations,
    milliseconds,
  };
  const lost = z?.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0) ?? 0;
  if (failure) return { ...row, status: 'diverged', reason: failure };
  if (lost || errors.rms === Infinity) {
    const found = lost ? `${lost} of ${z!.length} numbers are not finite` : 'the states are too large to be measured';
    const message = `${found} at the end: take more steps or another method`;
    return { ...row, status: 'diverged', reason: warning ? `${warning}; ${message}` : message };
  }
  const own = floor && { floor: floor[norm] };
  const measured: ComparisonRow = {
    ...row,
    error: errors[norm],
    errors,
    ...(sampling && { sampling: sampling[norm] }),
    ...own,
    nearFloor: errors[norm] < 100 * Math.max(reference.errors[norm], floor?.[norm] ?? 0),
    // u that follows the state takes from the rate of decay, so a step past the limit may yet be a good one.
    status: warning && !(errors[z ? 'rms' : norm] <= SPOILT * size) ? 'unstable' : 'done',
    reason: warning,
  };
  if (z) problem.onEnds?.(measured, z);
  return measured;
}

function* outcomeOf(
  problem: RowProblem,
  task: ComparisonRun,
  times: Float64Array,
  { z: exact, law }: Reference,
  known: FinePaths,
  now: () => number,
): Generator<void, RunOutcome> {
  const { integrator } = task;
  const { dynamics, schedule, denoiser, noise, z0, n, d, startMoments } = problem;
  const steps = times.length - 1;
  if (law) {
    const begun = now();
    const { mean, variance, evaluations } = methodMoments(
      { dynamics, schedule, denoiser, noise: true },
      integrator,
      times,
      startMoments!,
    );
    const errors = byNorm((norm) => norm.lawDistance?.({ mean, variance }, law) ?? NaN);
    const size = Math.sqrt(law.mean ** 2 + law.variance);
    return { errors, size, evaluations, milliseconds: now() - begun, steps };
  }
  if (noise) return { ...(yield* comparePathwise(problem, integrator, times, now, known)), steps };
  const tolerance = 'tolerance' in task ? task.tolerance : undefined;
  const final = 'choice' in task ? task.final : undefined;
  const run = { dynamics, schedule, denoiser, z0, n, d, integrator, times, tolerance, final };
  const { value, milliseconds } = yield* timed(integrating(run), now);
  const { z, evaluations, accepted, rejected, failure }: Solution = value;
  const errors = exact.length ? distances(z, exact, d) : UNKNOWN;
  const taken = { steps: accepted, ...(tolerance !== undefined && { rejected }) };
  return { errors, size: rms(exact), evaluations, milliseconds, ...taken, z, failure };
}
