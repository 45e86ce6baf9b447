import type { Activation } from '../../models';
import type { StepLine } from '../../integrators';
import type { ExportSource, TrainedModel } from '../export';

/** How a prediction follows from weights, as the metadata of their file say it (`prediction`). */
export interface Recipe {
  readonly model: string;
  readonly inputs: { readonly z: number; readonly x: number; readonly timeFeatures: number };
  readonly timeFeatures: { readonly frequencies: readonly number[] };
  readonly layers: { readonly count: number; readonly activation: Activation; readonly residual: boolean };
  readonly output: { readonly rule: 'u' | 'velocity' | 'softmax' };
  readonly readout: {
    readonly rule: 'numbers' | 'coordinates' | 'nearest' | 'linear';
    readonly probabilities?: string;
  };
  readonly starts: { readonly law: 'zero' | 'normal'; readonly count: number };
  readonly steps: {
    readonly times?: readonly number[];
    readonly lines?: readonly (StepLine & { readonly block?: number })[];
    readonly why?: string;
  };
  readonly scaling: { readonly mean: readonly number[]; readonly scale: readonly number[] };
  readonly targets?: {
    readonly names: readonly string[];
    readonly mean: readonly number[];
    readonly scale: readonly number[];
  };
  readonly classes: readonly string[];
}

/** What the metadata of a run's weights say. */
export function recipeOf({ metadata }: TrainedModel): Recipe {
  const read = (key: string): unknown => (metadata[key] === undefined ? undefined : JSON.parse(metadata[key]));
  const recipe = read('prediction') as Recipe;
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
