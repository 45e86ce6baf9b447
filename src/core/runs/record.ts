import * as z from 'zod';
import type { FileRule } from '../files/filePlaces';
import type { Experiment } from '../experiment/experiment';
import { models, type ModelId } from '../models';

/** The format of a run's folder that this version writes, and the newest that it reads. */
export const RUN_FORMAT = 1;

/** "interrupted": left running by a process that is gone. "diverged": stopped at a loss that is not finite. */
const STATES = ['running', 'done', 'stopped', 'diverged', 'failed', 'interrupted'] as const;

export type RunState = (typeof STATES)[number];

const measured = z.number().optional();
/** JSON writes null for a number that is not finite: a diverged run has such. */
const entries = z.array(z.union([z.number(), z.null().transform(() => NaN)])).readonly();
const count = z.number().int().nonnegative();
const names = z.array(z.string()).readonly();
const date = z.string().refine((text) => !Number.isNaN(Date.parse(text)), { error: 'it is no date' });

/** Of features or targets: each is scaled as (value - mean) / scale. */
const scaling = { mean: entries, scale: entries };

/** How the data were read, so that new rows can be labelled without them. */
const dataRecord = z.object({
  trainRows: count,
  testRows: count,
  /** Rows that are neither, which early stopping went by. */
  validationRows: count.optional(),
  classes: names,
  features: names,
  /** What is predicted in place of classes: names, and the scaling of each. */
  targets: z
    .object({ names, ...scaling })
    .readonly()
    .optional(),
  /** The columns of a file that the features were made of, where one column is not one feature. */
  columns: z
    .array(z.object({ name: z.string(), categories: names.exactOptional() }).readonly())
    .readonly()
    .optional(),
  /** Each of length d, the number of features. */
  ...scaling,
  /** The range of each feature over the train rows. */
  min: entries,
  max: entries,
  /** The folder that a data file's path is relative to. */
  folder: z.string(),
});

/** A schedule that is trained with its model: its ends, and the weights of its network. */
const learnedRecord = z.object({
  gammaMin: z.number(),
  gammaMax: z.number(),
  /** Before the first step, and as they are now. */
  initial: entries,
  weights: entries,
});

/** A run's record, run.json: all that tools need beside the experiment, the metrics and the weights. */
export const recordFields = {
  version: z.literal(RUN_FORMAT),
  /** The folder's name. */
  id: z.string(),
  name: z.string(),
  /** The kind of model. A version before 0.1.0 had one kind, and did not name it. */
  model: z.enum(models.map(({ id }) => id) as [ModelId, ...ModelId[]]).default('ct'),
  state: z.enum(STATES),
  /** Why a run stopped early, for the user. */
  message: z.string().optional(),
  step: count,
  steps: count,
  seed: z.number().int(),
  /** What the runs of one experiment of several seeds share. */
  group: z.string().optional(),
  /** The steps whose weights are kept beside those of the end, ascending. */
  checkpoints: z.array(count).readonly().optional(),
  /** The step whose weights answer, where early stopping chose them. */
  bestStep: count.optional(),
  /** The last loss; absent before the first row of metrics. */
  loss: measured,
  stepsPerSecond: measured,
  /** The scores, see `Scores`. */
  trainAccuracy: measured,
  testAccuracy: measured,
  trainRmse: measured,
  testRmse: measured,
  trainR2: measured,
  testR2: measured,
  /** ISO 8601. */
  started: date,
  updated: date,
  /** Time spent training, resumed parts added up. */
  seconds: z.number(),
  process: z.number().int(),
  /** The machine of the process. Older records lack it. Where it is there, a run that trains has a lock. */
  host: z.string().optional(),
  versions: z.record(z.string(), z.string()).readonly(),
  backend: z.string(),
  /** simd, simd-relaxed or plain; all that took part, where it was resumed under another. */
  kernels: z.string(),
  /** The most bytes that the thread held: tfjs' heap, V8's, and arrays outside both. */
  memory: measured,
  parameters: count,
  /** The ends of the equal bins of log-SNR of its metrics, in nat; older records lack them. */
  logSnr: z.tuple([z.number(), z.number()]).readonly().optional(),
  /** The schedule, where it is trained with the model. */
  learned: learnedRecord.readonly().optional(),
  data: dataRecord.readonly(),
};

export type RunRecord = Readonly<z.output<z.ZodObject<typeof recordFields>>>;
export type DataRecord = RunRecord['data'];
export type LearnedRecord = NonNullable<RunRecord['learned']>;

/** The keys of an experiment that a comparison on a run takes from the run: its network was trained with them. */
export const RUN_KEYS = ['schedules', 'window', 'model', 'start', 'seed'] as const;

/** A run, or its weights at one of its checkpoints. */
export type RunChoice = string | { readonly run: string; readonly checkpoint: number };

/** Which run is meant, and at which step where not at its end. */
export const chosenRun = (choice: RunChoice): { readonly run: string; readonly checkpoint?: number } =>
  typeof choice === 'string' ? { run: choice } : choice;

/** A task for the trainer: an experiment (paths in it are relative to `folder`) and where runs are kept. */
export interface TrainTask {
  readonly experiment: Experiment;
  readonly folder: string;
  readonly runs: string;
  /** More folders of runs, whose ids a new run must not have either. */
  readonly beside?: readonly string[] | undefined;
  /** The run to go on with, in place of a new one. */
  readonly resume?: string | undefined;
  /** Its id in the queue; made up where it is left out. */
  readonly job?: string | undefined;
  /** What it shares with the other seeds of its experiment. */
  readonly group?: string | undefined;
  /** Which files may be read; any where it is left out. */
  readonly files?: FileRule | undefined;
}
