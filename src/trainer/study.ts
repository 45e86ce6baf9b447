import {
  compare,
  gridChoice,
  type ComparisonProblem,
  type ComparisonResult,
  type ComparisonRow,
} from '../core/compare';
import { dynamicsLabel } from '../core/dynamics';
import type { Experiment } from '../core/experiment';
import { experimentComparison } from '../core/flow';
import { InputError } from '../core/problem';
import type { ComparisonPicture, ComparisonShare } from '../protocol/pictures';
import { RUN_KEYS } from '../protocol/trainer';
import { cleanData } from './data';
import { samplerOf } from './models';
import type { OpenRun } from './open';
import type { Rows } from './rows';
import { pathOf } from './sampler';
import { startStates } from './simulate';
import { closedForm } from './wording';

/** Calls of u that the reference for a trained network may cost for each row: float32 gives no more digits. */
const BUDGET = 1500;

/** How a comparison is watched and stopped. */
export interface Watch {
  readonly signal?: AbortSignal | undefined;
  readonly onShare?: ((share: ComparisonShare) => void) | undefined;
}

/** Compares an experiment's integrators on its u in closed form; a data file's path is relative to `folder`. */
export async function compareClosed(experiment: Experiment, folder: string, watch: Watch): Promise<ComparisonPicture> {
  const problem = `${closedForm(experiment)}; ${dynamicsLabel(experiment.dynamics)}.`;
  const data = await cleanData(experiment, folder);
  return picture(problem, experimentComparison(experiment, { data }), watch);
}

/** Compares an experiment's integrators on rows of a run, with the accuracy each reaches. */
export async function compareRun(
  experiment: Experiment,
  { model, record, experiment: trained }: OpenRun,
  rows: Rows,
  watch: Watch,
): Promise<ComparisonPicture> {
  const merged = { ...experiment, ...Object.fromEntries(RUN_KEYS.map((key) => [key, trained[key]])) };
  const sampler = pathOf(samplerOf(merged), 'there are no integrators to compare');
  const bound = model.bind(rows.x.range(0, rows.n), rows.n);
  const accuracy = new Map<ComparisonRow, number>();
  try {
    const base = experimentComparison(merged, { paths: rows.n, denoiser: { denoiser: bound, d: model.m } });
    const z0 = startStates(model, sampler, rows);
    const { dynamics, schedule, window, noise, times } = sampler;
    const blocks = bound.times === 'blocks' && { ...blockComparison(times), blockTimes: times };
    if (blocks && noise)
      throw new InputError(
        'u of NoProp-DT exists at its block times only, so no finer path is there to compare noisy ones with: turn dynamics.noise off',
      );
    const onEnds: ComparisonProblem['onEnds'] = (row, z) => {
      const right = model.read(z).labels.reduce((sum, label, i) => sum + Number(label === rows.labels[i]), 0);
      accuracy.set(row, right / rows.n);
    };
    const text = `${record.name}, run of seed ${record.seed} after ${record.step} steps; ${rows.n} test rows; ${pathLabel(merged)}.`;
    const path = { dynamics, schedule, window, noise };
    const made = await picture(text, { ...base, ...path, ...blocks, z0, budget: BUDGET, onEnds }, watch);
    return { ...made, rows: made.rows.map((row) => ({ ...row, accuracy: accuracy.get(row) })) };
  } finally {
    bound.dispose();
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

async function picture(problem: string, task: ComparisonProblem, watch: Watch): Promise<ComparisonPicture> {
  const work = compare(task, () => performance.now());
  for (;;) {
    const { done, value } = work.next();
    if (done) return pictureOf(problem, value);
    watch.onShare?.({ done: value.done, total: value.total });
    await new Promise((resolve) => setImmediate(resolve)); // lets a cancel in
    if (!watch.signal?.aborted) continue;
    const kept = value.result?.();
    if (!kept?.rows.length) throw new InputError('the comparison was cancelled before anything was measured');
    const verdict = `Cancelled after ${value.done} of ${value.total}; so far: ${kept.verdict}`;
    return pictureOf(problem, { ...kept, verdict });
  }
}

/** A comparison as it is shown. */
const pictureOf = (problem: string, { reference, ...rest }: ComparisonResult): ComparisonPicture => {
  const { source, error, errors, evaluations } = reference;
  return { problem, reference: { source, error, errors, evaluations }, ...rest };
};
