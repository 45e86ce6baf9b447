import type { SampledLine } from '../sampling';
import type { Activation, ModelId } from '../models';

/** A rule by its name, with its formula in words. */
interface Rule<T extends string> {
  readonly rule: T;
  readonly formula: string;
}

/** A line of the steps, with the block of NoProp-DT whose u it is. */
export type RecipeLine = SampledLine;

/** How a prediction follows from weights: the value of `prediction` in the metadata of an exported file, as JSON. */
export interface PredictionRecipe {
  readonly version: 1;
  readonly model: ModelId;
  /** How many numbers of each the network reads. */
  readonly inputs: { readonly z: number; readonly x: number; readonly timeFeatures: number };
  readonly scaling: string;
  /** Frequencies in turns per unit of time. */
  readonly timeFeatures: { readonly formula: string; readonly frequencies: readonly number[] };
  readonly layers: {
    readonly formula: string;
    readonly count: number;
    readonly activation: Activation;
    readonly residual: boolean;
  };
  readonly output: Rule<'u' | 'velocity' | 'softmax'>;
  readonly readout: Rule<'numbers' | 'coordinates' | 'nearest' | 'linear'> & { readonly probabilities?: string };
  readonly starts: {
    readonly law: 'zero' | 'normal';
    readonly count: number;
    readonly seed?: number;
    readonly stride?: number;
  };
  /** The steps written out; `why` says why they are not. */
  readonly steps: {
    readonly formula: string;
    readonly integrator?: string;
    readonly dynamics?: string;
    readonly noise?: boolean;
    readonly times?: readonly number[];
    readonly logSnr?: readonly number[];
    readonly lines?: readonly RecipeLine[];
    readonly why?: string;
  };
}
