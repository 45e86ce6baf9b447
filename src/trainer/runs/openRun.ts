import type { FileRule } from '../../core/files/filePlaces';
import type { Experiment } from '../../core/experiment/experiment';
import { chosenRun, type DataRecord, type RunChoice, type RunRecord } from '../../core/runs/record';
import { loadData } from '../data/load';
import { checkUnchanged, type PreparedData } from '../data/preparedData';
import { scheduleWeights, withScheduleWeights } from '../training/optimiser/scheduleTensors';
import { kindOf } from '../training/models';
import type { ModelSpec } from '../training/models/modelSpec';
import type { Model } from '../sampling/model';
import { examplesOf, type Examples } from '../data/examples';
import { readRecord, readRunExperiment, readWeights } from './runFolder';

/** A run that was read from its folder. Dispose the model. */
export interface OpenRun {
  readonly record: RunRecord;
  /** The experiment that was trained; its schedule is the learned one, where that was trained too. */
  readonly experiment: Experiment;
  readonly model: Model;
  /** Which data files may be read. */
  readonly files: FileRule;
}

/** What a run's model is made for. */
export const specOf = (experiment: Experiment, { features, classes, targets }: DataRecord): ModelSpec => ({
  experiment,
  features: features.length,
  classes: classes.length,
  targetCount: targets?.names.length ?? 0,
});

/** Opens a run by its folder, or one of its checkpoints. An InputError where it has no such weights. */
export async function openRun(choice: RunChoice, files: FileRule = 'any'): Promise<OpenRun> {
  const { run } = chosenRun(choice);
  const [record, experiment] = await Promise.all([readRecord(run), readRunExperiment(run)]);
  const weights = await readWeights(choice);
  return {
    files,
    record,
    experiment: withScheduleWeights(experiment, scheduleWeights(weights)),
    model: kindOf(experiment).open(specOf(experiment, record.data), weights),
  };
}

/** The data of a run as it was trained on them. An InputError where they have changed. */
export async function runData({ record, experiment, files }: OpenRun): Promise<PreparedData> {
  const data = await loadData(experiment, record.data.folder, files);
  checkUnchanged(record, data);
  return data;
}

/** The train or test examples of a run, scaled as in training. An InputError where the data have changed. */
export async function runExamples(open: OpenRun, part: 'train' | 'test'): Promise<Examples> {
  const data = await runData(open);
  return examplesOf(data, data[part]);
}
