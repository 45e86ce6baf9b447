import * as z from 'zod';
import { generators } from '../datasets';
import type { MissingPolicy, Task } from '../datasets/columns';
import type { DynamicsEntry } from '../dynamics';
import { shown } from './fields/field';
import {
  comparisonField,
  denoiserField,
  dynamicsField,
  gridField,
  integratorField,
  overlaysField,
  seedField,
  startField,
} from './fields/flow';
import { modelField } from './fields/model';
import { schedulesField, windowField } from './fields/schedules';
import { dataField, trainingField } from './fields/training';
import type { Norm } from '../compare/norm';
import type { GridEntry } from '../grids';
import type {
  Activation,
  Boundaries,
  EmbeddingId,
  ModelId,
  Prediction,
  Readout,
  ScheduleLoss,
  TimeEmbedding,
} from '../models';
import type { Values } from '../registry/parameters';
import { newEntry, type ScheduleEntry } from '../schedules/entry';

/** The newest version of *.noprop.json that this code reads and writes. */
export const VERSION = 1;

/** The schema of an experiment: types, defaults, messages and the JSON schema all come from here. */
export const experimentSchema = z
  .looseObject({
    $schema: z.string().optional().describe('Address of a JSON schema, for other editors'),
    version: z
      .literal(VERSION, { error: ({ input }) => `version must be ${VERSION}: got ${shown(input)}` })
      .describe('Version of this format'),
    name: z
      .string({ error: ({ input }) => `name must be text: got ${shown(input)}` })
      .default('Untitled experiment')
      .describe('What the experiment is called'),
    schedules: schedulesField,
    window: windowField,
    data: dataField,
    model: modelField,
    training: trainingField,
    dynamics: dynamicsField,
    overlays: overlaysField,
    integrator: integratorField,
    grid: gridField,
    start: startField,
    seed: seedField,
    denoiser: denoiserField,
    comparison: comparisonField,
  })
  .meta({ title: 'NoProp experiment', description: 'What NoProp Lab shows, trains and exports' });

/** A data set made from a formula and the experiment's seed. */
export interface GeneratedEntry {
  /** An id of `generators`. */
  readonly id: string;
  readonly params: Values;
  readonly testShare: number;
}

/** A data set read from a file. */
export interface CsvEntry {
  readonly id: 'csv';
  /** Relative to the experiment's file. */
  readonly path: string;
  /** Name of the column of labels. */
  readonly label: string;
  readonly missing: MissingPolicy;
  /** Whether the label column holds classes or numbers. */
  readonly task: Task;
  readonly testShare: number;
}

/** A data set of images, from two files in MNIST's own format. */
export interface IdxEntry {
  readonly id: 'idx';
  /** Relative to the experiment's file. */
  readonly images: string;
  readonly labels: string;
  readonly testShare: number;
}

export type DataEntry = GeneratedEntry | CsvEntry | IdxEntry;

/** Whether the data come from a CSV file. */
export const isCsv = (data: DataEntry): data is CsvEntry => data.id === 'csv';

/** Whether the data have numbers to predict in place of classes. */
export const isNumeric = (data: DataEntry): boolean =>
  isCsv(data) ? data.task === 'regression' : generators.some(({ id, numeric }) => id === data.id && numeric);

/** Whether the data are images in MNIST's own format. */
export const isIdx = (data: DataEntry): data is IdxEntry => data.id === 'idx';

/** An experiment with every default spelled out; keys the schema does not know are kept. */
export interface Experiment {
  readonly version: typeof VERSION;
  readonly name: string;
  readonly schedules: readonly ScheduleEntry[];
  readonly window: { readonly logSnr: number };
  readonly data: DataEntry;
  readonly model: {
    readonly id: ModelId;
    readonly hidden: readonly number[];
    readonly activation: Activation;
    readonly residual: boolean;
    readonly timeFeatures: number;
    readonly timeEmbedding: TimeEmbedding;
    readonly prediction: Prediction;
    /** `dimension` where it is learned. */
    readonly embedding: { readonly id: EmbeddingId; readonly dimension?: number | undefined };
    readonly readout: Readout;
    readonly blocks: number;
    readonly boundaries: Boundaries;
  };
  readonly training: {
    readonly steps: number;
    readonly batch: number;
    readonly learningRate: number;
    readonly weightCap: number;
    readonly warmup: number;
    readonly weightDecay: number;
    readonly gradientClip: number;
    readonly averaging: number;
    readonly eta: number;
    readonly patience: number;
    readonly validationShare: number;
    readonly checkpoints: number;
    readonly seeds: number;
    readonly times: string;
    readonly scheduleLoss: ScheduleLoss;
  };
  readonly dynamics: DynamicsEntry;
  /** Ids of the dynamics drawn beside it. */
  readonly overlays: readonly string[];
  readonly integrator: { readonly id: string; readonly steps: number; readonly tolerance?: number | undefined };
  readonly grid: GridEntry;
  readonly start: string;
  readonly seed: number;
  readonly denoiser: { readonly id: string; readonly params: Values };
  readonly comparison: {
    /** An id of `benchmarks`. */
    readonly problem: string;
    readonly integrators: readonly string[];
    readonly steps: readonly number[];
    readonly tolerances: readonly number[];
    readonly grids: readonly GridEntry[];
    readonly norm: Norm;
    readonly aim: number;
    readonly paths: number;
    readonly seeds: number;
  };
}

/** A new experiment: the linear log-SNR schedule beside the cosine one, and the data; the rest has its defaults. */
export const newExperiment = (name = 'Untitled experiment') => ({
  version: VERSION,
  name,
  schedules: ['linear-gamma', 'cosine'].map(newEntry),
  window: { logSnr: 15 },
  data: { id: 'two-moons', params: { n: 1000, noise: 0.1 } },
});

export {
  entryLabel,
  entryProblems,
  entryRow,
  entrySchedule,
  newEntry,
  newModifier,
  parametersOf,
  withInputs,
} from '../schedules/entry';
export type { ModifierEntry, ScheduleEntry } from '../schedules/entry';
