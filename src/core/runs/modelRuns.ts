import type { ModelRun } from '../evaluation';
import { models, type ModelId } from '../models';
import { withModel } from '../experiment/modelVariant';
import type { Assessment } from './assessment';
import { seedTasks } from './groups';
import { testScore } from './metrics';
import type { TrainTask } from './record';
import type { RunSummary } from './runList';

/** The newest runs of each kind of model that can be compared. */
export interface ModelRuns {
  /** By seed, ascending. */
  readonly runs: ReadonlyMap<ModelId, readonly RunSummary[]>;
  /** The kinds whose newest runs are of other data than the newest run of all. */
  readonly otherData: readonly ModelId[];
}

/** Whether two runs have learned from the same data: features, classes, rows, and one split where the seed is one. */
function isSameData(a: RunSummary, b: RunSummary): boolean {
  if (a.data.shape !== b.data.shape) return false;
  if (a.seed !== b.seed || a.data.trainRows !== b.data.trainRows) return true;
  return a.data.rows === b.data.rows;
}

/**
 * The newest tested run of each kind with the other seeds of its experiment, from runs of one experiment, newest first;
 * those of other data than the newest run are left out, and listed.
 */
export function modelRuns(records: readonly RunSummary[]): ModelRuns {
  const tested = records.filter((run) => testScore(run) && (run.state === 'done' || run.state === 'stopped'));
  const [newest] = tested;
  const runs = new Map<ModelId, readonly RunSummary[]>();
  const otherData: ModelId[] = [];
  for (const { id } of models) {
    const first = tested.find(({ model }) => model === id);
    if (!first || !newest) continue;
    const group = tested.filter((run) => run === first || (run.group !== undefined && run.group === first.group));
    const twin = group.find(({ seed }) => seed === newest.seed) ?? first;
    if (isSameData(twin, newest))
      runs.set(
        id,
        group.sort((a, b) => a.seed - b.seed),
      );
    else otherData.push(id);
  }
  return { runs, otherData };
}

/** A run as a comparison of models has it, with what was measured of it. */
export const modelRunOf = (record: RunSummary, assessment?: Assessment): ModelRun => ({
  seed: record.seed,
  score: testScore(record)!.value,
  parameters: record.parameters,
  seconds: record.seconds,
  evaluations: assessment?.evaluations,
  calibration: assessment?.probabilities?.calibration.error,
});

/** The tasks that train every kind of model on an experiment, one a kind and seed. */
export const modelTasks = (task: TrainTask, now: string): TrainTask[] =>
  models.flatMap(({ id, title }) =>
    seedTasks({ ...task, experiment: withModel(task.experiment, id) }, `${now} ${task.experiment.name} ${title}`),
  );
