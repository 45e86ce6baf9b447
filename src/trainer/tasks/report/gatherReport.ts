import path from 'node:path';
import type { StoredComparison } from '../../../core/runs/storedComparison';
import { STEP_COUNTS } from '../../../core/runs/assessment';
import { messageOf } from '../../../core/registry/problem';
import type { ReportContent, ReportedRun } from '../../../core/report/reportContent';
import { summaryOf } from '../../../core/runs/runList';
import type { RunRecord } from '../../../core/runs/record';
import type { Experiment } from '../../../core/experiment/experiment';
import type { TaskProgress } from '../../../protocol/progress';
import { passOn, type CallContext, type Caller } from '../../../protocol/rpc';
import type { ReportTask, TrainerCalls } from '../../../protocol/trainerCalls';
import { readRecord, readTrainedExperiment } from '../../runs/runFolder';
import { yieldTurn } from '../yielder';

/** Test rows whose paths a report shows. */
const PATHS = 60;

/** The bytes of a run's decision boundary over all times, before they are packed, and the points a side. */
const [BOUNDARY_BYTES, FEWEST, MOST] = [400_000, 21, 81];

type Call = Caller<TrainerCalls>['call'];

/**
 * Computes all that a report shows. What cannot be computed of a run is left out, and said in its notes. Throws with code
 * "cancelled" on a cancel.
 */
export async function gatherReport(
  call: Call,
  { experiment, folder, file, runs, comparisons: files }: ReportTask,
  lab: string,
  context: CallContext<TaskProgress>,
): Promise<ReportContent> {
  const notes: string[] = [];
  const total = runs.length + 1;
  const attempt = attemptInto(notes, context);
  context.progress({ what: 'the dynamics', done: 0, total });
  const dynamics = await attempt('The dynamics', () => call('dynamics', [experiment, folder], passOn(quiet(context))));
  const preview = await attempt('The data', () => call('previewData', [experiment, folder]));
  const reported: ReportedRun[] = [];
  for (const run of runs) {
    context.progress({ what: `the run ${path.basename(run)}`, done: 1 + reported.length, total });
    reported.push(await gatherRun(call, run, context));
  }
  const comparisons: StoredComparison[] = [];
  for (const one of files) {
    const read = await attempt(`The comparison ${path.basename(one)}`, () => call('comparison', [one]));
    if (read) comparisons.push({ ...read, id: read.id || path.basename(one) });
  }
  return {
    made: new Date().toISOString(),
    lab,
    file,
    experiment,
    dynamics,
    preview,
    runs: reported,
    comparisons,
    notes,
  };
}

async function gatherRun(call: Call, run: string, context: CallContext<TaskProgress>): Promise<ReportedRun> {
  const [record, experiment] = await Promise.all([readRecord(run), readTrainedExperiment(run)]);
  const notes: string[] = [];
  const attempt = attemptInto(notes, context);
  const isPath = record.model !== 'backprop';
  const rest = passOn(quiet(context));
  // Weights on the way are not in a report.
  const { checkpoints: _, ...whole } = summaryOf(record);
  const summary = { ...whole, data: { ...whole.data, folder: '' } }; // where it lay on this machine is nobody else's
  void _;
  return {
    summary,
    experiment,
    metrics: await call('metrics', [run]),
    evaluation: await attempt('Answers on test rows', () => call('evaluate', [run, { part: 'test', limit: Infinity }])),
    trajectories: isPath
      ? await attempt('Trajectories', () => call('trajectories', [run, { part: 'test', limit: PATHS }]))
      : undefined,
    boundary: hasBoundary(record)
      ? await attempt('The decision boundary', () => call('boundary', [run, sideOf(record, experiment)]))
      : undefined,
    assessment: await attempt('How far its probabilities hold', () => call('assess', [run], rest)),
    stepCurve: isPath
      ? await attempt('Accuracy by steps', () => call('stepCurve', [run, STEP_COUNTS], rest))
      : undefined,
    conclusion: await attempt('The test of the note’s conclusion', () => call('conclusion', [run])),
    notes,
  };
}

/** A run has a decision boundary where it tells classes by two features. */
const hasBoundary = ({ data }: RunRecord) => data.features.length === 2 && !data.targets;

/** The points a side of a boundary that is not too large over all times. */
function sideOf({ data, model }: RunRecord, { integrator }: Experiment): number {
  const pictures = model === 'backprop' ? 1 : integrator.steps + 1;
  const side = Math.floor(Math.sqrt(BOUNDARY_BYTES / (pictures * (1 + data.classes.length))));
  return Math.min(MOST, Math.max(FEWEST, side));
}

/** Makes what may fail; what does is said in the notes, with what it is. A cancel ends all. */
const attemptInto =
  (notes: string[], context: CallContext<TaskProgress>) =>
  async <T>(what: string, make: () => Promise<T>): Promise<T | undefined> => {
    await yieldTurn(context, 'the report was cancelled');
    try {
      return await make();
    } catch (error) {
      await yieldTurn(context, 'the report was cancelled');
      notes.push(`${what}: left out, for ${messageOf(error).replace(/\.$/, '')}.`);
      return undefined;
    }
  };

/** A context whose progress nobody hears: the report's own is told. */
const quiet = ({ signal }: CallContext<TaskProgress>): CallContext<TaskProgress> => ({
  signal,
  progress: () => undefined,
});
