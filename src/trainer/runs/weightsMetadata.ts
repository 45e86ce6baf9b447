import type { Experiment } from '../../core/experiment/experiment';
import type { RunRecord } from '../../core/runs/record';
import { weightsUnder } from '../network/tensors';
import { scheduleWeights, withScheduleWeights } from '../training/optimiser/scheduleTensors';
import { predictionRecipe } from './predictionRecipe';
import type { SafetensorsFile } from './safetensors';

/**
 * The metadata of an exported file of weights. It holds, as JSON, how a prediction follows, the shapes, the experiment,
 * the scaling of the features and the names of the classes. `experiment` is as it was before the training.
 */
export function weightsMetadata(
  { tensors, metadata }: SafetensorsFile,
  record: RunRecord,
  experiment: Experiment,
): Record<string, string> {
  const { classes, features, columns, targets, mean, scale } = record.data;
  const trained = withScheduleWeights(experiment, scheduleWeights(weightsUnder(tensors)));
  const facts = {
    prediction: predictionRecipe(trained, record.data),
    experiment,
    shapes: Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape])),
    classes,
    features,
    ...(columns && { columns }),
    ...(targets && { targets }),
    scaling: { mean, scale },
  };
  const text = Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, JSON.stringify(value)]));
  return { ...metadata, run: record.id, ...text };
}
