import type { Grid } from '../grids';
import { InputError } from '../problem';
import { integrate, refusal, type Integrator } from '../integrators';
import { rmsDistance } from './norm';
import { findReference, type Reference, type ReferenceProblem } from './reference';
import { fitSlope, type Slope } from './slope';
import { verdictOf } from './verdict';

/** Which methods are run with which step counts on one flow. */
export interface ComparisonProblem extends ReferenceProblem {
  readonly grid: Grid;
  readonly integrators: readonly Integrator[];
  readonly steps: readonly number[];
  /** The RMS error that the verdict asks for (0.01). */
  readonly tolerance?: number | undefined;
  /** Sees the end states (n x d) of every row that is done. */
  readonly onEnds?: ((row: ComparisonRow, z: Float64Array) => void) | undefined;
}

/** One method with one step count. */
export interface ComparisonRow {
  readonly integrator: string;
  readonly grid: string;
  readonly steps: number;
  /** Calls of u for each path; 0 where the method was refused. */
  readonly evaluations: number;
  /** RMS over all paths and coordinates of the end state against the reference; NaN unless done. */
  readonly error: number;
  readonly milliseconds: number;
  /** Diverged: an end state was not finite. Refused: the method needs what the flow does not have. */
  readonly status: 'done' | 'diverged' | 'refused';
  /** Why it was refused or what diverged; empty where it is done. */
  readonly reason: string;
}

/** What the comparison has come to. */
export interface ComparisonProgress {
  /** Of `total`: the reference counts as one. */
  readonly done: number;
  readonly total: number;
  /** The row just finished. */
  readonly row?: ComparisonRow;
}

export interface ComparisonResult {
  readonly reference: Reference;
  readonly rows: readonly ComparisonRow[];
  /** One a method, in order. */
  readonly slopes: readonly Slope[];
  readonly verdict: string;
}

/**
 * The work-precision comparison, piece by piece: yields after each piece, so that a caller can show progress, let
 * others run, or stop by asking for no more. `now` is a clock in milliseconds. An InputError where the flow is
 * stochastic.
 */
export function* compare(
  problem: ComparisonProblem,
  now: () => number,
): Generator<ComparisonProgress, ComparisonResult, void> {
  const { integrators, steps, tolerance = 0.01 } = problem;
  if (problem.noise)
    throw new InputError(
      'integrators are compared on one path from each start, and dynamics.noise is on: turn it off to compare them',
    );
  const total = 1 + integrators.length * steps.length;
  const search = findReference(problem);
  let found = search.next();
  while (!found.done) {
    yield { done: 0, total };
    found = search.next();
  }
  const reference = found.value;
  const rows: ComparisonRow[] = [];
  yield { done: 1, total };
  for (const integrator of integrators)
    for (const count of steps) {
      const row = compareRow(problem, integrator, count, reference, now);
      rows.push(row);
      yield { done: 1 + rows.length, total, row };
    }
  const slopes = integrators.map(({ id }) => fitSlope(id, rows, reference.error));
  return { reference, rows, slopes, verdict: verdictOf(rows, tolerance, reference.error) };
}

function compareRow(
  { grid, window, onEnds, ...flow }: ComparisonProblem,
  integrator: Integrator,
  steps: number,
  reference: Reference,
  now: () => number,
): ComparisonRow {
  const base = { integrator: integrator.id, grid: grid.id, steps };
  const reason = refusal(integrator, flow);
  if (reason) return { ...base, evaluations: 0, error: NaN, milliseconds: 0, status: 'refused', reason };
  const times = grid.times(flow.schedule, window, steps);
  const { dynamics, schedule, denoiser, z0, n, d } = flow;
  const start = now();
  const { z, evaluations } = integrate({ dynamics, schedule, denoiser, z0, n, d, integrator, times });
  const milliseconds = now() - start;
  const lost = z.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0);
  if (lost) {
    const told = `${lost} of ${z.length} numbers are not finite at the end: take more steps or another method`;
    return { ...base, evaluations, error: NaN, milliseconds, status: 'diverged', reason: told };
  }
  const error = rmsDistance(z, reference.z);
  const row: ComparisonRow = { ...base, evaluations, error, milliseconds, status: 'done', reason: '' };
  onEnds?.(row, z);
  return row;
}
