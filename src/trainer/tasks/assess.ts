import fs from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { calibrationOf, ClassProbabilities } from '../../core/evaluation';
import type { Experiment } from '../../core/experiment/experiment';
import { CodedError } from '../../core/registry/problem';
import type { TaskProgress } from '../../protocol/progress';
import type { CallContext } from '../../protocol/rpc';
import type { Assessment, StepCurve } from '../../core/runs/assessment';
import type { RunRecord } from '../../core/runs/record';
import { writeAtomically } from '../runs/writeAtomically';
import { samplerOf } from '../training/models';
import { scoreTargets, meanScores } from '../sampling/targetScores';
import { runExamples, type OpenRun } from '../runs/openRun';
import { sampleEvenly, type Examples } from '../data/examples';
import { requirePath, type Sampler } from '../sampling/sampler';
import { simulate } from '../sampling/simulate';

/** Starts whose votes are counted, and the most test rows that are looked at. */
const [STARTS, ROWS] = [16, 2000];

/** How far apart the numbers of a row's starts are; every row's number is below it. */
const APART = 2 ** 27;

/** Lets a cancel in. Throws with code "cancelled" where one came. */
async function letCancel({ signal }: CallContext<TaskProgress>): Promise<void> {
  await setImmediate();
  if (signal.aborted) throw new CodedError('cancelled', 'the evaluation was cancelled');
}

/** The rows with starts of their own: the first are those that the run's accuracy is measured from. */
const fromStart = (rows: Examples, start: number): Examples => ({
  ...rows,
  ids: rows.ids.map((id) => id + start * APART),
});

const testRows = async (open: OpenRun): Promise<Examples> => sampleEvenly(await runExamples(open, 'test'), ROWS);

/** Whether a model's read-out was trained to give probabilities; what is read by distance only names a class. */
const isSoft = ({ model }: Experiment): boolean => model.readout === 'linear' || model.id === 'backprop';

/** Whether an answer depends on where it starts. */
const isSeeded = (sampler: Sampler): boolean => !sampler.direct && (sampler.start.id !== 'zero' || sampler.noise);

/**
 * Class probabilities of test rows, the mean of what is read from seeded starts, and their calibration: the share of
 * starts that lead to a class, where the read-out only names one.
 */
export async function assess(open: OpenRun, context: CallContext<TaskProgress>): Promise<Assessment> {
  const { model, experiment, record } = open;
  const rows = await testRows(open);
  const m = record.data.classes.length;
  const sampler = samplerOf(experiment);
  if (!m) {
    let evaluations = 1;
    simulate(model, sampler, sampleEvenly(rows, 1), { onDone: (count) => (evaluations = Math.max(1, count)) });
    return { rows: rows.n, evaluations };
  }
  const soft = isSoft(experiment);
  const starts = isSeeded(sampler) ? STARTS : 1;
  const votes = new ClassProbabilities(rows.n, m);
  let evaluations = 1; // of what answers in one pass, without a path
  for (let start = 0; start < starts; start++) {
    const states = simulate(model, sampler, fromStart(rows, start), {
      onDone: (count) => (evaluations = Math.max(1, count)),
    });
    const { labels, probabilities } = model.read(states);
    if (soft) votes.addProbabilities(probabilities);
    else votes.addLabels(labels);
    context.progress({ what: 'starts', done: start + 1, total: starts });
    await letCancel(context);
  }
  const calibration = calibrationOf(votes.probabilities(), rows.labels, m);
  return { rows: rows.n, evaluations, probabilities: { rule: soft ? 'read-out' : 'votes', starts, calibration } };
}

/** The share of rows whose states at the end are read right, or the R² of the numbers they stand for. */
function scoreOf({ model, record: { data } }: OpenRun, states: Float64Array, rows: Examples): number {
  if (data.targets) return meanScores(scoreTargets(data.targets.names, states, rows.targets!, data.targets)).r2;
  const { labels } = model.read(states);
  return labels.reduce((right, label, i) => right + Number(label === rows.labels[i]), 0) / rows.n;
}

/** The score on test rows with each step count, everything else as the run was trained. */
export async function stepCurve(
  open: OpenRun,
  steps: readonly number[],
  context: CallContext<TaskProgress>,
): Promise<StepCurve> {
  const { model, experiment, record } = open;
  requirePath(samplerOf(experiment), 'there are no steps to count');
  const rows = await testRows(open);
  const [scores, evaluations]: [number[], number[]] = [[], []];
  for (const count of steps) {
    let calls = 0;
    const states = simulate(model, samplerOf(experiment, { steps: count }), rows, { onDone: (one) => (calls = one) });
    scores.push(scoreOf(open, states, rows));
    evaluations.push(calls);
    context.progress({ what: 'step counts', done: scores.length, total: steps.length });
    await letCancel(context);
  }
  const measure = record.data.targets ? 'R²' : 'accuracy';
  return { rows: rows.n, steps, chosen: experiment.integrator.steps, evaluations, measure, scores };
}

const FILE = 'assessment.json';

/** An assessment as it is kept in a run's folder, with when the run was written that it is of. */
interface Kept {
  readonly version: 1;
  readonly updated: string;
  readonly assessment: Assessment;
}

/** What was kept of a run as it is now; undefined where there is nothing. */
export async function readAssessment(run: string, { updated }: RunRecord): Promise<Assessment | undefined> {
  const text = await fs.readFile(path.join(run, FILE), 'utf8').catch(() => undefined);
  const kept = text === undefined ? undefined : (JSON.parse(text, toNumber) as Kept);
  return kept?.version === 1 && kept.updated === updated ? kept.assessment : undefined;
}

export const writeAssessment = (run: string, { updated }: RunRecord, assessment: Assessment): Promise<void> =>
  writeAtomically(path.join(run, FILE), JSON.stringify({ version: 1, updated, assessment } satisfies Kept, toText));

/** JSON has no NaN, which empty bins have. */
const toText = (_key: string, value: unknown) => (Number.isNaN(value) ? 'NaN' : value);
const toNumber = (_key: string, value: unknown) => (value === 'NaN' ? NaN : value);
