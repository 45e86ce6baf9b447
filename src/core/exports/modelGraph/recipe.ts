import type { PredictionRecipe } from '../../runs/recipe';
import type { ExportSource, TrainedModel } from '../export';

/** Means and scales: (value - mean) / scale. */
interface Scaling {
  readonly mean: readonly number[];
  readonly scale: readonly number[];
}

/** How a prediction follows from weights, with the scaling of features and the names of classes and targets. */
export type Recipe = Omit<PredictionRecipe, 'scaling'> & {
  readonly scaling: Scaling;
  readonly targets?: Scaling & { readonly names: readonly string[] };
  readonly classes: readonly string[];
};

/** What the metadata of a run's weights say. */
export function recipeOf({ metadata }: TrainedModel): Recipe {
  const read = (key: string): unknown => (metadata[key] === undefined ? undefined : JSON.parse(metadata[key]));
  const recipe = read('prediction') as PredictionRecipe;
  return {
    ...recipe,
    scaling: read('scaling') as Recipe['scaling'],
    classes: read('classes') as Recipe['classes'],
    ...(metadata.targets !== undefined && { targets: read('targets') as NonNullable<Recipe['targets']> }),
  };
}

/** A tensor of a run. An Error where there is none of this name. */
export function tensorOf({ tensors }: TrainedModel, name: string): TrainedModel['tensors'][string] {
  const tensor = tensors[name];
  if (!tensor) throw new Error(`the run has no tensor ${name}`);
  return tensor;
}

/** The model of a format that is written of runs alone. */
export function trainedOf({ trained }: ExportSource): TrainedModel {
  if (!trained) throw new Error('a format that needs a run was given none');
  return trained;
}
