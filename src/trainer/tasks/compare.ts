import {
  compare,
  gridChoice,
  type ComparisonProblem,
  type ComparisonResult,
  type ComparisonRow,
} from '../../core/compare';
import { withBenchmark } from '../../core/experiment/experimentFlow';
import { dynamicsLabel } from '../../core/dynamics/entry';
import type { Experiment } from '../../core/experiment/experiment';
import { experimentComparison } from '../../core/experiment/experimentFlow';
import { CodedError, InputError } from '../../core/registry/problem';
import type { TaskProgress } from '../../protocol/progress';
import type { CallContext } from '../../protocol/rpc';
import type { Comparison } from '../../core/compare/comparison';
import { RUN_KEYS } from '../../core/runs/record';
import { cleanData } from '../data/load';
import { samplerOf } from '../training/models';
import type { OpenRun } from '../runs/openRun';
import { repeatExamples, type Examples } from '../data/examples';
import { requirePath } from '../sampling/sampler';
import { startStates } from '../sampling/simulate';
import { comparedForm } from './problemText';

/** Calls of u that the reference for a trained network may cost, and those beyond where what is compared is as exact. */
const [BUDGET, RESERVE] = [1500, 24_000];

/** What is compared, and which that is in words; dispose it. */
export interface ComparisonTask {
  readonly problem: ComparisonProblem;
  readonly text: string;
  readonly dispose: () => void;
}

/** An experiment's u in closed form, or the problem that its comparison names; a data file's path is relative to `folder`. */
export async function closedFormTask(experiment: Experiment, folder: string): Promise<ComparisonTask> {
  const data = await cleanData(withBenchmark(experiment), folder);
  return {
    problem: experimentComparison(experiment, { data }),
    text: `${comparedForm(experiment)}; ${dynamicsLabel(experiment.dynamics)}.`,
    dispose: () => undefined,
  };
}

/** A run's network on rows, each from the starts of so many seeds: block after block of `rows.n` paths. */
export function runTask(experiment: Experiment, open: OpenRun, rows: Examples, seeds: number): ComparisonTask {
  const { model, record, experiment: trained } = open;
  const merged: Experiment = { ...experiment, ...Object.fromEntries(RUN_KEYS.map((key) => [key, trained[key]])) };
  const sampler = requirePath(samplerOf(plain(merged)), 'there are no integrators to compare');
  const { dynamics, schedule, window, noise, times, seed } = sampler;
  const all = repeatExamples(rows, seeds);
  const z0 = new Float64Array(all.n * model.m);
  for (let k = 0; k < seeds; k++)
    z0.set(startStates(model, { ...sampler, seed: seed + k }, rows), k * rows.n * model.m);
  const bound = model.bind(all.x.rows(0, all.n), all.n);
  const base = experimentComparison(merged, { paths: all.n, denoiser: { denoiser: bound, d: model.m } });
  const blocks = bound.times === 'blocks' && { ...blockComparison(times), blockTimes: times };
  if (blocks && noise) {
    bound.dispose();
    throw new InputError(
      'u of NoProp-DT exists at its block times only, so no finer path is there to compare noisy ones with: turn dynamics.noise off',
    );
  }
  // A step across a kink errs by its square, whatever the method's order.
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
    text: `${record.name}, run of seed ${record.seed} after ${record.step} steps; ${rows.n} test rows${starts}; ${pathLabel(merged)}.${kinks}`,
    dispose: () => bound.dispose(),
  };
}

/** The experiment with a method and a grid that do not matter here: those compared are each row's own, and so is their refusal. */
const plain = (experiment: Experiment): Experiment => ({
  ...experiment,
  integrator: { id: experiment.dynamics.noise ? 'euler-maruyama' : 'euler', steps: 1 },
  grid: { id: 'uniform-t', params: {} },
});

/** Compares an experiment's integrators on its u in closed form, or on the problem its comparison names. */
export async function compareClosedForm(
  experiment: Experiment,
  folder: string,
  context: CallContext<TaskProgress>,
): Promise<Comparison> {
  const { problem, text } = await closedFormTask(experiment, folder);
  return runComparison(text, problem, context);
}

/** Compares an experiment's integrators on rows of a run, with the accuracy each reaches from the starts of each seed. */
export async function compareRun(
  experiment: Experiment,
  open: OpenRun,
  rows: Examples,
  context: CallContext<TaskProgress>,
): Promise<Comparison> {
  const { seeds } = experiment.comparison;
  const { problem, text, dispose } = runTask(experiment, open, rows, seeds);
  const found = new Map<ComparisonRow, readonly number[]>();
  try {
    const onEnds: ComparisonProblem['onEnds'] = (row, z) => {
      const { labels } = open.model.read(z);
      const right = new Array<number>(seeds).fill(0);
      labels.forEach((label, i) => (right[Math.floor(i / rows.n)]! += Number(label === rows.labels[i % rows.n])));
      found.set(
        row,
        right.map((count) => count / rows.n),
      );
    };
    const made = await runComparison(text, { ...problem, ...(!open.record.data.targets && { onEnds }) }, context);
    const measured = made.rows.map((row) => ({ ...row, ...withMeanAccuracy(found.get(row)) }));
    return { ...made, reference: rounded(made.reference), rows: measured };
  } finally {
    dispose();
  }
}

/** Which dynamics carries a run's states. */
const pathLabel = ({ model, dynamics }: Experiment): string =>
  dynamicsLabel(model.id === 'fm' ? { id: 'flow-matching', params: {}, noise: false } : dynamics);

/** One step a block is all that a u of blocks can take. */
const blockComparison = (times: Float64Array): Pick<ComparisonProblem, 'grids' | 'steps' | 'tolerances'> => ({
  grids: [gridChoice({ id: 'list', params: {}, times: [...times] })],
  steps: [times.length - 1],
  tolerances: [],
});

/** What a reference is that finer steps do not better: as good as u is rounded. */
function rounded(reference: Comparison['reference']): Comparison['reference'] {
  return reference.settled
    ? { ...reference, source: `${reference.source}: the floor of a network in float32` }
    : reference;
}

/** The accuracies of a row with their mean; nothing where it was not run. */
export const withMeanAccuracy = (accuracies: readonly number[] | undefined) =>
  accuracies && { accuracies, accuracy: accuracies.reduce((sum, one) => sum + one, 0) / accuracies.length };

async function runComparison(
  problem: string,
  task: ComparisonProblem,
  { signal, progress }: CallContext<TaskProgress>,
): Promise<Comparison> {
  const work = compare(task, () => performance.now());
  let reported = -1;
  for (;;) {
    const { done, value } = work.next();
    if (done) return comparisonOf(problem, value);
    // A long row yields often.
    if (value.done !== reported) progress({ done: value.done, total: value.total });
    reported = value.done;
    await new Promise((resolve) => setImmediate(resolve)); // lets a cancel in
    if (!signal.aborted) continue;
    const kept = value.result?.();
    if (!kept?.rows.length)
      throw new CodedError('cancelled', 'the comparison was cancelled before anything was measured');
    const verdict = `Cancelled after ${value.done} of ${value.total}; so far: ${kept.verdict}`;
    return comparisonOf(problem, { ...kept, verdict });
  }
}

/** A comparison as it is shown. */
const comparisonOf = (problem: string, { reference, ...rest }: ComparisonResult): Comparison => {
  const { source, settled, error, errors, evaluations } = reference;
  return { problem, reference: { source, settled, error, errors, evaluations }, ...rest };
};
