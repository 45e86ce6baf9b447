import { compare, type ComparisonProblem, type ComparisonRow } from '../core/compare';
import { denoiserFamily } from '../core/denoisers';
import { createDynamics, dynamicsLabel, oraclePath } from '../core/dynamics';
import { entryLabel, isCsv, type Experiment } from '../core/experiment';
import { experimentComparison, experimentFlow } from '../core/flow';
import { integrate } from '../core/integrators';
import { InputError } from '../core/problem';
import type { ComparisonPicture, ComparisonShare, DynamicsPicture, DynamicsRow } from '../protocol/pictures';
import { RUN_KEYS } from '../protocol/trainer';
import { cleanData, type Rows } from './data';
import { nearest } from './evaluate';
import type { OpenRun } from './open';
import { samplerOf } from './sampler';
import { startStates } from './simulate';

/** The dynamics of a picture: eq. 27 first, for the gaps are measured from it. */
const SHOWN = ['noprop-forward', 'near-end', 'probability-flow'];

/** Calls of u that the reference for a trained network may cost for each row: float32 gives no more digits. */
const BUDGET = 1500;

/** How a comparison is watched and stopped. */
export interface Watch {
  readonly signal?: AbortSignal | undefined;
  readonly onShare?: ((share: ComparisonShare) => void) | undefined;
}

/**
 * Trajectories of the dynamics on an experiment's first schedule and its u in closed form, from the same starts; the
 * first coordinate where there are several. A data file's path is relative to `folder`.
 */
export async function dynamicsPicture(experiment: Experiment, folder: string): Promise<DynamicsPicture> {
  const data = await cleanData(experiment, folder);
  const plain = { ...experiment, dynamics: { id: SHOWN[0]!, params: {}, noise: false } };
  const first = experimentFlow(plain, { data });
  const { times, n, d, schedule, denoiser } = first;
  const last = times.length - 1;
  const paths = SHOWN.map((id) => integrate({ ...first, dynamics: createDynamics(id), savePath: true }).path!);
  const rows = SHOWN.map((id, i): DynamicsRow => {
    const states = paths[i]!;
    const held = new Float64Array(n * d);
    denoiser.denoise(states.subarray(last * n * d), n, d, times[last]!, schedule.logSnr(times[last]!), held);
    const oracle = oraclePath(createDynamics(id), schedule, times, first.z0, held);
    const gap = gapOf(states, paths[0]!, n * d);
    return { dynamics: id, states: coordinate(states, d), oracle: coordinate(oracle, d), gap };
  });
  const { integrator, grid } = experiment;
  const steps = `${integrator.steps} steps of ${integrator.id} (${grid})`;
  return { problem: `${closedForm(experiment)}; ${steps}.`, times, n, rows };
}

/** The first of d coordinates. */
const coordinate = (states: Float64Array, d: number): Float64Array =>
  d === 1 ? states : Float64Array.from({ length: states.length / d }, (_, i) => states[i * d]!);

/** k + 1: RMS distance of two (k + 1) x n batches. */
function gapOf(states: Float64Array, others: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: states.length / n }, (_, k) => {
    let sum = 0;
    for (let i = k * n; i < (k + 1) * n; i++) sum += (states[i]! - others[i]!) ** 2;
    return Math.sqrt(sum / n);
  });
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
  { network, record, experiment: trained }: OpenRun,
  rows: Rows,
  watch: Watch,
): Promise<ComparisonPicture> {
  const merged = { ...experiment, ...Object.fromEntries(RUN_KEYS.map((key) => [key, trained[key]])) };
  const d = network.shape.outputs;
  const bound = network.bind(rows.x, rows.n);
  const accuracy = new Map<string, number>();
  const key = ({ integrator, steps }: Pick<ComparisonRow, 'integrator' | 'steps'>) => `${integrator} ${steps}`;
  try {
    const base = experimentComparison(merged, { paths: rows.n, denoiser: { denoiser: bound, d } });
    const z0 = startStates(samplerOf(merged), rows, d);
    const onEnds: ComparisonProblem['onEnds'] = (row, z) => {
      const right = nearest(z, d).reduce((sum, label, i) => sum + Number(label === rows.labels[i]), 0);
      accuracy.set(key(row), right / rows.n);
    };
    const text = `${record.name}, run of seed ${record.seed} after ${record.step} steps; ${rows.n} test rows; ${dynamicsLabel(experiment.dynamics)}.`;
    const made = await picture(text, { ...base, z0, budget: BUDGET, onEnds }, watch);
    return { ...made, rows: made.rows.map((row) => ({ ...row, accuracy: accuracy.get(key(row)) })) };
  } finally {
    bound.dispose();
  }
}

async function picture(problem: string, task: ComparisonProblem, watch: Watch): Promise<ComparisonPicture> {
  const work = compare(task, () => performance.now());
  for (;;) {
    const { done, value } = work.next();
    if (done) {
      const { source, error, evaluations } = value.reference;
      return {
        problem,
        reference: { source, error, evaluations },
        rows: value.rows,
        slopes: value.slopes,
        verdict: value.verdict,
      };
    }
    watch.onShare?.({ done: value.done, total: value.total });
    await new Promise((resolve) => setImmediate(resolve)); // lets a cancel in
    if (watch.signal?.aborted) throw new InputError('the comparison was cancelled');
  }
}

/** Which u, schedule, paths, start and seed an experiment in closed form has, in words. */
function closedForm({ denoiser, data, schedules, comparison, start, seed }: Experiment): string {
  const family = denoiserFamily(denoiser.id);
  const values = Object.entries(family.parameters).map(([name, { symbol }]) => `${symbol} ${denoiser.params[name]}`);
  if (family.needs) values.push(isCsv(data) ? data.path : data.id);
  const u = values.length ? `${family.title} (${values.join(', ')})` : family.title;
  return `u: ${u}; schedule: ${entryLabel(schedules[0]!)}; ${comparison.paths} paths from the ${start} start, seed ${seed}`;
}
