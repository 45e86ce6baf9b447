import fs from 'node:fs/promises';
import path from 'node:path';
import { calibrationOf } from '../../core/evaluation';
import type { Assessment, StepCurve } from '../../core/runs/assessment';
import type { RunRecord } from '../../core/runs/record';
import type { TaskProgress } from '../../protocol/progress';
import type { CallContext } from '../../protocol/rpc';
import { sampleEvenly, type Examples } from '../data/examples';
import { runExamples, type OpenRun } from '../runs/openRun';
import { writeAtomically } from '../runs/writeAtomically';
import { requirePath } from '../../core/sampling/sampler';
import { simulate } from '../sampling/simulate';
import { accuracyOf, meanScores, scoreTargets } from '../sampling/targetScores';
import { samplerOf } from '../training/models';
import { classProbabilities } from './classProbabilities';
import { yieldTurn } from './yielder';

/** The most test examples. */
const ROWS = 2000;

const CANCELLED = 'the evaluation was cancelled';

const testExamples = async (open: OpenRun): Promise<Examples> => sampleEvenly(await runExamples(open, 'test'), ROWS);

/** The calibration of class probabilities on test examples, as `classProbabilities` finds them. */
export async function assess(open: OpenRun, context: CallContext<TaskProgress>): Promise<Assessment> {
  const { model, experiment, record } = open;
  const examples = await testExamples(open);
  const { n: rows, labels: truth } = examples;
  const m = record.data.classes.length;
  let evaluations = 1; // that of a model without a path
  const onDone = (count: number) => (evaluations = Math.max(1, count));
  if (!m) {
    simulate(model, samplerOf(experiment), sampleEvenly(examples, 1), { onDone });
    return { rows, evaluations };
  }
  const onStart = async (count: number, total: number) => {
    context.progress({ what: 'starts', done: count, total });
    await yieldTurn(context, CANCELLED);
  };
  const { probabilities, rule, starts } = await classProbabilities(open, examples, onStart, onDone);
  return { rows, evaluations, probabilities: { rule, starts, calibration: calibrationOf(probabilities, truth, m) } };
}

/** The accuracy of states at the end, or the R² of the numbers that they are. */
function scoreOf({ model, record: { data } }: OpenRun, states: Float64Array, { targets, labels }: Examples): number {
  if (data.targets) return meanScores(scoreTargets(data.targets.names, states, targets!, data.targets)).r2;
  return accuracyOf(model.read(states).labels, labels);
}

/** The score on test examples with each step count, with all else as the run was trained. */
export async function stepCurve(
  open: OpenRun,
  steps: readonly number[],
  context: CallContext<TaskProgress>,
): Promise<StepCurve> {
  const { model, experiment, record } = open;
  requirePath(samplerOf(experiment), 'there are no steps to count');
  const examples = await testExamples(open);
  const scores: number[] = [];
  const evaluations: number[] = [];
  for (const count of steps) {
    let calls = 0;
    const onDone = (one: number) => (calls = one);
    const states = simulate(model, samplerOf(experiment, { steps: count }), examples, { onDone });
    scores.push(scoreOf(open, states, examples));
    evaluations.push(calls);
    context.progress({ what: 'step counts', done: scores.length, total: steps.length });
    await yieldTurn(context, CANCELLED);
  }
  const measure = record.data.targets ? 'R²' : 'accuracy';
  return { rows: examples.n, steps, chosen: experiment.integrator.steps, evaluations, measure, scores };
}

const FILE = 'assessment.json';

/** An assessment as a run's folder has it, with the time at which that run was written. */
interface StoredAssessment {
  readonly version: 1;
  readonly updated: string;
  readonly assessment: Assessment;
}

/** The stored assessment of a run as it is now; undefined where there is none. */
export async function readAssessment(run: string, { updated }: RunRecord): Promise<Assessment | undefined> {
  const text = await fs.readFile(path.join(run, FILE), 'utf8').catch(() => undefined);
  const stored = text === undefined ? undefined : (JSON.parse(text, toNumber) as StoredAssessment);
  return stored?.version === 1 && stored.updated === updated ? stored.assessment : undefined;
}

export const writeAssessment = (run: string, { updated }: RunRecord, assessment: Assessment): Promise<void> =>
  writeAtomically(
    path.join(run, FILE),
    JSON.stringify({ version: 1, updated, assessment } satisfies StoredAssessment, toText),
  );

/** Empty bins have NaN, which JSON does not. */
const toText = (_key: string, value: unknown) => (Number.isNaN(value) ? 'NaN' : value);
const toNumber = (_key: string, value: unknown) => (value === 'NaN' ? NaN : value);
