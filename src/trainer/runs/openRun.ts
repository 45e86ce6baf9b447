import type { Experiment } from '../../core/experiment/experiment';
import { chosenRun, type RunChoice, type RunRecord } from '../../core/runs/record';
import { loadData } from '../data/load';
import { checkUnchanged } from '../data/preparedData';
import { scheduleWeights, withScheduleWeights } from '../training/optimiser/learnedSchedule';
import { kindOf } from '../training/models';
import type { Model } from '../sampling/model';
import { examplesOf, type Examples } from '../data/examples';
import { readRecord, readRunExperiment, readWeights } from './runFolder';

/** A run read back from its folder; dispose the model. */
export interface OpenRun {
  readonly record: RunRecord;
  /** As it was trained, with the schedule as learned where it was trained too. */
  readonly experiment: Experiment;
  readonly model: Model;
}

/** Opens a run by its folder, or one of its checkpoints; an InputError where it has no such weights. */
export async function openRun(choice: RunChoice): Promise<OpenRun> {
  const { run } = chosenRun(choice);
  const [record, experiment] = await Promise.all([readRecord(run), readRunExperiment(run)]);
  const weights = await readWeights(choice);
  const spec = {
    experiment,
    features: record.data.features.length,
    classes: record.data.classes.length,
    targetCount: record.data.targets?.names.length ?? 0,
  };
  return {
    record,
    experiment: withScheduleWeights(experiment, scheduleWeights(weights)),
    model: kindOf(experiment).open(spec, weights),
  };
}

/** The rows of a part of a run's data, scaled as in training; an InputError where the data are no longer the same. */
export async function runExamples({ record, experiment }: OpenRun, part: 'train' | 'test'): Promise<Examples> {
  const data = await loadData(experiment, record.data.folder);
  checkUnchanged(record, data);
  return examplesOf(data, data[part]);
}
