import { lastStepOf, pairOf, type FinalChoice, type Integrator } from '../integrators';
import type { FinePaths } from './pathwise';
import { byNorm, type NormId } from './norms';
import { findReference, type Reference } from './reference';
import { compareRow, type RowProblem, type ComparisonRun } from './comparisonRun';
import { bySeries, type ComparisonRow } from './comparisonRow';
import { type GridChoice } from './gridChoice';
import { fitSlope, type Slope } from './observedOrder';
import { comparisonVerdict } from './comparisonVerdict';

/** Which methods are run on which grids with which step counts, and at which tolerances, on one flow. */
export interface ComparisonProblem extends RowProblem {
  readonly grids: readonly GridChoice[];
  readonly integrators: readonly Integrator[];
  readonly steps: readonly number[];
  /** How the last step is taken, where it makes a difference (by the method itself). */
  readonly finals?: readonly FinalChoice[] | undefined;
  /** Relative and absolute tolerances for the methods that can choose their own steps (none). */
  readonly tolerances?: readonly number[] | undefined;
  /** The error that the verdict asks for (0.01). */
  readonly aim?: number | undefined;
}

/** The progress of a comparison. */
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
  readonly norm: NormId;
  readonly rows: readonly ComparisonRow[];
  /** One for a method on a grid or with its own steps, in order. */
  readonly slopes: readonly Slope[];
  readonly verdict: string;
}

/**
 * The work-precision comparison, piece by piece. It yields after each piece: there a caller can show progress, let
 * others run, or stop by asking for no more. Rows whose errors are less than 100 times the reference's own are measured
 * again by a finer reference, as long as it can be refined. `now` is a clock in milliseconds.
 */
export function* compare(
  problem: ComparisonProblem,
  now: () => number,
): Generator<ComparisonProgress, ComparisonResult, void> {
  const { norm = 'rms', aim = 0.01 } = problem;
  const tasks = tasksOf(problem);
  let done = 0;
  let total = 1 + tasks.length;
  let reference = yield* withProgress(findReference(problem), () => ({ done, total }));
  const rows: ComparisonRow[] = [];
  const result = (): ComparisonResult => {
    const floor = reference.errors[norm];
    const slopes = bySeries(rows).map((series) => fitSlope(series, floor, norm));
    return { reference: withOwnErrors(reference, rows), norm, rows: [...rows], slopes, verdict: comparisonVerdict(rows, aim, { norm, floor, paths: problem.noise ? problem.n : undefined }) }; // prettier-ignore
  };
  const finer: FinePaths = new Map();
  const progress = () => ({ done, total, result });
  const measure = function* (place: number): Generator<ComparisonProgress, void, void> {
    const row = yield* withProgress(compareRow(problem, tasks[place]!, reference, finer, now), progress);
    rows[place] = row;
    done++;
    yield { ...progress(), row };
  };
  done++;
  yield progress();
  for (const place of tasks.keys()) yield* measure(place);
  const near = () => [...rows.keys()].filter((place) => rows[place]!.nearFloor);
  while (reference.refine && near().length) {
    total += near().length + 1;
    reference = yield* withProgress(reference.refine(), progress);
    done++;
    for (const place of near()) yield* measure(place);
  }
  return result();
}

/** The result of some work that yields; at each yield the caller is given the progress. */
function* withProgress<T>(
  work: Generator<void, T>,
  progress: () => ComparisonProgress,
): Generator<ComparisonProgress, T, void> {
  let next = work.next();
  for (; !next.done; next = work.next()) yield progress();
  return next.value;
}

/** The reference with the largest of the rows' own errors, where rows have them. */
function withOwnErrors(reference: Reference, rows: readonly ComparisonRow[]): Reference {
  const own = rows.flatMap(({ floor }) => floor ?? []);
  if (!own.length) return reference;
  const error = Math.max(...own);
  return { ...reference, error, errors: byNorm(() => error) };
}

/** Every run, method by method: fixed steps on each grid, then at each tolerance where the method can. */
function tasksOf({ integrators, grids, steps, finals, tolerances = [], ...place }: ComparisonProblem): ComparisonRun[] {
  const clock = place.dynamics.clock;
  return integrators.flatMap((integrator) => [
    ...grids.flatMap((choice) => {
      const given = choice.grid.count?.({ ...place, clock });
      return (given === undefined ? steps : [given]).flatMap((count) =>
        distinctFinals(integrator, finals, count, place).map((final) => ({ integrator, choice, steps: count, final })),
      );
    }),
    ...(pairOf(integrator) ? tolerances.map((tolerance) => ({ integrator, tolerance })) : []),
  ]);
}

/** The ways to take a method's last step that make a difference; one undefined where the method takes it itself in all. */
function distinctFinals(
  integrator: Integrator,
  finals: readonly FinalChoice[] | undefined,
  steps: number,
  { schedule, noise }: RowProblem,
): readonly (FinalChoice | undefined)[] {
  if (noise || !finals) return [undefined];
  const found = new Map<unknown, FinalChoice>();
  for (const final of finals) {
    const last = lastStepOf(integrator, final, steps, schedule);
    if (!found.has(last)) found.set(last, final);
  }
  const isOwn = found.size === 1 && found.has('method') && !integrator.multistep;
  return isOwn ? [undefined] : [...found.values()];
}
