import {
  compare,
  gridChoice,
  type ComparisonProblem,
  type ComparisonProgress,
  type ComparisonResult,
  type ComparisonRow,
} from '../../core/compare';
import type { Comparison } from '../../core/compare/comparison';
import { dynamicsLabel } from '../../core/dynamics/entry';
import type { FileRule } from '../../core/files/filePlaces';
import type { Experiment } from '../../core/experiment/experiment';
import { experimentComparison, withBenchmark, type FlowDenoiser } from '../../core/experiment/experimentFlow';
import { codeOf, CodedError, InputError } from '../../core/registry/problem';
import { RUN_KEYS } from '../../core/runs/record';
import { testRowsText } from '../../core/runs/testRows';
import type { TaskProgress } from '../../protocol/progress';
import type { CallContext } from '../../protocol/rpc';
import { repeatExamples, type Examples } from '../data/examples';
import { cleanData } from '../data/load';
import type { OpenRun } from '../runs/openRun';
import type { Model } from '../sampling/model';
import { requirePath } from '../../core/sampling/sampler';
import { startStates } from '../sampling/simulate';
import { samplerOf } from '../training/models';
import { comparedForm } from '../../core/experiment/problemText';
import { nextTurn } from './yielder';

/** The most calls of u for the reference of a trained network or of another program, and further calls where a method is nearly as exact. */
const [BUDGET, RESERVE] = [1500, 24_000];

/** A problem on which integrators are compared, with its description. Dispose it. */
export interface ComparisonTask {
  readonly problem: ComparisonProblem;
  readonly text: string;
  readonly dispose: () => void;
}

/**
 * The task of an experiment's u in closed form, of the problem that its comparison names, or of the reader's own u; paths
 * are relative to `folder`.
 */
export async function closedFormTask(
  experiment: Experiment,
  folder: string,
  rule: FileRule,
  own?: FlowDenoiser,
): Promise<ComparisonTask> {
  const data = await cleanData(withBenchmark(experiment), folder, rule);
  return {
    problem: {
      ...experimentComparison(experiment, { data, denoiser: own }),
      ...(own && { budget: BUDGET, reserve: RESERVE }),
    },
    text: `${comparedForm(experiment)}; ${dynamicsLabel(experiment.dynamics)}.`,
    dispose: () => undefined,
  };
}

/** The task of a run's network on examples, each from the starts of so many seeds: all examples for one seed, then for the next. */
export function runTask(experiment: Experiment, open: OpenRun, examples: Examples, seeds: number): ComparisonTask {
  const { model, record, experiment: trained } = open;
  const merged: Experiment = { ...experiment, ...Object.fromEntries(RUN_KEYS.map((key) => [key, trained[key]])) };
  const sampler = requirePath(samplerOf(withPlainMethod(merged)), 'there are no integrators to compare');
  const { dynamics, schedule, window, noise, times, seed } = sampler;
  const all = repeatExamples(examples, seeds);
  const z0 = new Float64Array(all.n * model.m);
  for (let k = 0; k < seeds; k++)
    z0.set(startStates(model, { ...sampler, seed: seed + k }, examples), k * examples.n * model.m);
  const bound = model.bind(all.x.rows(0, all.n), all.n);
  const base = experimentComparison(merged, { paths: all.n, denoiser: { denoiser: bound, d: model.m } });
  const blocks = bound.times === 'blocks' && { ...blockComparison(times), blockTimes: times };
  if (blocks && noise) {
    bound.dispose();
    throw new InputError(
      'u of NoProp-DT exists at its block times only, so no finer path is there to compare noisy ones with: turn dynamics.noise off',
    );
  }
  // The error of a step across a kink is of second order, whatever the method's order.
  const kinks =
    trained.model.activation === 'relu' && !blocks
      ? ' u has the kinks of ReLU, on which no order above 2 is reached.'
      : '';
  const starts = seeds > 1 ? `, each from ${seeds} starts, seeds ${seed} to ${seed + seeds - 1}` : '';
  return {
    problem: {
      ...base,
      dynamics,
      schedule,
      window,
      noise,
      ...blocks,
      z0,
      budget: BUDGET,
      reserve: RESERVE,
      together: true,
    },
    text: `${record.name}, run of seed ${record.seed} after ${record.step} steps; ${testRowsText(examples.n, record.data.testRows)}${starts}; ${pathLabel(merged)}.${kinks}`,
    dispose: () => bound.dispose(),
  };
}

/** The experiment with a plain method and grid, which are not used: each row of a comparison has its own. */
const withPlainMethod = (experiment: Experiment): Experiment => ({
  ...experiment,
  integrator: {
    ...experiment.integrator,
    id: experiment.dynamics.noise ? 'euler-maruyama' : 'euler',
    steps: 1,
    tolerance: undefined,
  },
  grid: { id: 'uniform-t', params: {} },
});

/** The dynamics that carries a run's states. */
const pathLabel = ({ model, dynamics }: Experiment): string =>
  dynamicsLabel(model.id === 'fm' ? { id: 'flow-matching', params: {}, noise: false } : dynamics);

/** What can be compared on a u of blocks: one step per block. */
const blockComparison = (times: Float64Array): Pick<ComparisonProblem, 'grids' | 'steps' | 'tolerances'> => ({
  grids: [gridChoice({ id: 'list', params: {}, times: [...times] })],
  steps: [times.length - 1],
  tolerances: [],
});

/** Compares an experiment's integrators on its u in closed form, or on the problem that its comparison names. */
export async function compareClosedForm(
  experiment: Experiment,
  folder: string,
  context: CallContext<TaskProgress>,
  rule: FileRule,
  own?: FlowDenoiser,
): Promise<Comparison> {
  const { problem, text } = await closedFormTask(experiment, folder, rule, own);
  const comparison = await runComparison(text, problem, context);
  return own ? { ...comparison, reference: withFloor(comparison.reference, 'of u') } : comparison;
}

/** Compares an experiment's integrators on examples of a run, with the accuracies that they reach from each seed's starts. */
export async function compareRun(
  experiment: Experiment,
  open: OpenRun,
  examples: Examples,
  context: CallContext<TaskProgress>,
): Promise<Comparison> {
  const { seeds } = experiment.comparison;
  const { problem, text, dispose } = runTask(experiment, open, examples, seeds);
  const found = new Map<ComparisonRow, readonly number[]>();
  const onEnds: ComparisonProblem['onEnds'] = (row, z) => {
    found.set(row, accuraciesOf(open.model, z, examples, seeds));
  };
  try {
    const comparison = await runComparison(text, { ...problem, ...(!open.record.data.targets && { onEnds }) }, context);
    const rows = comparison.rows.map((row) => ({ ...row, ...withMeanAccuracy(found.get(row)) }));
    return { ...comparison, reference: withFloor(comparison.reference, 'of a network'), rows };
  } finally {
    dispose();
  }
}

/** The accuracy of states at the end for each seed; the states are those of all examples, seed after seed. */
function accuraciesOf(model: Model, z: Float64Array, { labels: truth, n }: Examples, seeds: number): number[] {
  const right = new Array<number>(seeds).fill(0);
  model.read(z).labels.forEach((label, i) => (right[Math.floor(i / n)]! += Number(label === truth[i % n])));
  return right.map((count) => count / n);
}

/** Accuracies with their mean; undefined where a row was not run. */
export const withMeanAccuracy = (accuracies: readonly number[] | undefined) =>
  accuracies && { accuracies, accuracy: accuracies.reduce((sum, one) => sum + one, 0) / accuracies.length };

/** Says of a reference that finer steps do not improve that it is limited by the rounding of u. */
const withFloor = (reference: Comparison['reference'], of: string): Comparison['reference'] =>
  reference.settled ? { ...reference, source: `${reference.source}: the floor ${of} in float32` } : reference;

/** Runs a comparison. On a cancel, answers with the rows that are done; throws with code "cancelled" where there are none. */
async function runComparison(
  text: string,
  problem: ComparisonProblem,
  { signal, progress }: CallContext<TaskProgress>,
): Promise<Comparison> {
  const work = compare(problem, () => performance.now());
  let reached: ComparisonProgress = { done: 0, total: 1 };
  let reported = -1;
  for (;;) {
    const next = nextUnlessCancelled(work);
    if (next?.done) return comparisonOf(text, next.value);
    reached = next?.value ?? reached;
    const { done, total } = reached;
    // A long row yields often.
    if (done !== reported) progress({ done, total });
    reported = done;
    await nextTurn();
    if (next && !signal.aborted) continue;
    const soFar = reached.result?.();
    if (!soFar?.rows.length)
      throw new CodedError('cancelled', 'the comparison was cancelled before anything was measured');
    const verdict = `Cancelled after ${done} of ${total}; so far: ${soFar.verdict}`;
    return comparisonOf(text, { ...soFar, verdict });
  }
}

/** The next piece of some work; undefined where its u was cancelled in the middle of it. */
function nextUnlessCancelled<T, R>(work: Generator<T, R>): IteratorResult<T, R> | undefined {
  try {
    return work.next();
  } catch (error) {
    if (codeOf(error) === 'cancelled') return undefined;
    throw error;
  }
}

/** A result with the problem's description, and without the reference's states. */
const comparisonOf = (problem: string, { reference, ...rest }: ComparisonResult): Comparison => {
  const { source, settled, error, errors, evaluations } = reference;
  return { problem, reference: { source, settled, error, errors, evaluations }, ...rest };
};
