import { constantFeatures, scaleFeatures, scaleTargets, splitDataset } from '../../core/datasets';
import type { Dataset, FeatureScaling, Scaling } from '../../core/datasets';
import { InputError } from '../../core/registry/problem';
import type { RunRecord } from '../../core/runs/record';

/** A data set with its split and its scaling over the train rows: all that a run needs of its data. */
export interface PreparedData extends Dataset, FeatureScaling {
  /** Indices of rows. */
  readonly train: Int32Array;
  readonly test: Int32Array;
  /** Rows for early stopping, which are in neither of these. */
  readonly validation?: Int32Array;
  /** The scaling of the targets over the train rows, where numbers are predicted. */
  readonly targetScaling?: Scaling;
}

/** Splits and scales a data set. An InputError where a part would be empty, or there is nothing to learn. */
export function prepareData(dataset: Dataset, testShare: number, seed: number, validationShare = 0): PreparedData {
  const { targets } = dataset;
  if (!targets && dataset.classes.length < 2)
    throw new InputError('the data have one class: there is nothing to learn');
  const split = splitDataset(dataset, testShare, seed, validationShare);
  const { train, test, validation } = split;
  if (!train.length || !test.length)
    throw new InputError(`${dataset.labels.length} rows are too few to keep a share of ${testShare} for testing`, [
      'data',
      'testShare',
    ]);
  if (validation?.length === 0)
    throw new InputError(
      `${train.length} train rows are too few to set a share of ${validationShare} aside for early stopping: set training.patience to 0`,
      ['training', 'validationShare'],
    );
  const scales = scaleFeatures(dataset, train);
  if (constantFeatures({ ...dataset, ...scales }).length === dataset.features.length)
    throw new InputError('every feature is the same in all train rows: there is nothing to learn from');
  return {
    ...dataset,
    ...split,
    ...scales,
    ...(targets && { targetScaling: scaleTargets(targets, train) }),
  };
}

/** An InputError where data are no longer those that a run was trained on. */
export function checkUnchanged({ name, data }: RunRecord, { classes, mean, targetScaling }: PreparedData): void {
  const now = [classes, mean, targetScaling?.mean ?? []];
  const then = [data.classes, Array.from(data.mean), Array.from(data.targets?.mean ?? [])];
  if (now.join(';') !== then.join(';'))
    throw new InputError(`the data of ${name} have changed since it was trained: train it again`);
}
