import * as z from 'zod';
import type { ComparedPaths } from '../core/compare/comparedPaths';
import type { RunConclusion } from '../core/conclusion/conclusion';
import type {
  ClassCount,
  ColumnPreview,
  DataPreview,
  ImagesPreview,
  PointsPreview,
} from '../core/datasets/preview/preview';
import type { DynamicsPaths } from '../core/dynamics/paths';
import type { ImportNote, ListKind, ShownImport } from '../core/imports';
import { experimentSchema, type Experiment } from '../core/experiment/experiment';
import type { Assessment, StepCurve } from '../core/runs/assessment';
import type { Boundary, Evaluation, Labels, LearnedAt, Trajectories } from '../core/runs/evaluationResults';
import type { Metrics } from '../core/runs/metrics';
import type { RunChoice, RunRecord } from '../core/runs/record';
import type { DamagedRun, RunList, RunSummary } from '../core/runs/runList';
import type { NotesChange, RunNotes } from '../core/runs/notes';
import type { TrashedRun } from '../core/runs/trashedRun';
import type { ComparisonSummary, StoredComparison } from '../core/runs/storedComparison';
import type { PathChoice } from '../core/compare/comparedPaths';
import type { TaskProgress, TrainingProgress } from './progress';
import type { QueueJob } from './queue';
import { count, having, list, LONGEST, message, number, numbers, text } from './schema';

/** An experiment, by the schema of its document. */
export const experiment: z.ZodType<Experiment> = experimentSchema;

/** Where a file or folder is. No file system knows a longer path. */
export const path = text(40_000);

/** The id of a run, of a comparison or of a job, or the path of one. */
export const id = text(40_000).min(1);

/** A run by its id or folder, or at one of its checkpoints. */
export const runChoice: z.ZodType<RunChoice> = z.union([id, message<Exclude<RunChoice, string>>({ run: id, checkpoint: count() })]); // prettier-ignore

const importNote = message<ImportNote>({ key: text(), value: text(), note: text(10_000) });

const listKind = message<ListKind>({ id: text(100), title: text(), summary: text() });

/** The lists of an import's report. */
export const importLists = {
  used: list(importNote),
  unused: list(importNote),
  assumed: list(importNote),
  warnings: list(text(10_000)),
};

/** The report of an import as a page shows it. */
export const shownImport = message<ShownImport>({
  file: path,
  title: text(),
  kind: z.object({ id: text(100), choices: list(listKind, 100) }).optional(),
  ...importLists,
});

export const pathChoices: z.ZodType<readonly PathChoice[]> = list(
  having<PathChoice>({ integrator: text(), grid: text(), steps: number, tolerance: number.optional() }),
  100,
);

/** How far a task is. */
export const taskProgress = message<TaskProgress>({ done: number, total: number, what: text().optional() });

export const metrics = having<Metrics>({
  step: numbers('Int32Array'),
  loss: numbers('Float64Array'),
  bins: numbers('Float32Array'),
  evaluatedAt: numbers('Int32Array'),
});

export const trainingProgress = having<TrainingProgress>({
  id,
  step: count(1e12),
  steps: count(1e12),
  stepsPerSecond: number,
  metrics,
});

/** The record of a run. Its other keys were checked where it was read. */
export const runRecord = having<RunRecord>({ id, name: text(1e6) });

/** What a person says of a run, and a change of it. */
export const runNotes = having<RunNotes>({ title: text().optional(), pinned: z.boolean().optional() });
export const notesChange = message<NotesChange>({
  title: text().nullish(),
  pinned: z.boolean().nullish(),
  note: text(20_000).nullish(),
  tags: list(text(), 1000).nullish(),
});

/** A run that was deleted. */
export const trashedRun = having<TrashedRun>({ entry: id, id, name: text(1e6), deleted: text() });

/** A run of a list. */
export const runSummary = having<RunSummary>({ id, name: text(1e6) });

/** A damaged run: whatever its folder and its name are, they are text. */
export const damagedRun = message<DamagedRun>({ id, name: text(2 ** 27), problem: text(2 ** 27), canMend: z.boolean() }); // prettier-ignore

export const runList = message<RunList>({
  revision: text(),
  whole: z.boolean(),
  rows: list(runSummary, 1e6),
  gone: list(id, 1e6),
  damaged: list(damagedRun, 1e6),
});

export const queueJob = having<QueueJob>({
  id,
  run: id.optional(),
  name: text(1e6),
  seed: number,
  state: z.enum(['waiting', 'running']),
  step: count(1e12),
  steps: count(1e12),
});

export const evaluation = having<Evaluation>({ rows: count(), confusion: numbers('Int32Array') });
export const labels = having<Labels>({ labels: numbers('Int32Array'), outputs: numbers('Float32Array') });
export const trajectories = having<Trajectories>({
  times: numbers('Float64Array'),
  states: numbers('Float32Array'),
  truth: numbers('Int32Array'),
  labels: numbers('Int32Array'),
});
export const boundary = having<Boundary>({ size: count(), times: numbers('Float64Array'), labels: numbers('Uint8Array'), probabilities: numbers('Uint8Array') }); // prettier-ignore
export const learnedAt = having<LearnedAt>({
  step: count(1e12),
  evaluation: evaluation.optional(),
  trajectories: trajectories.optional(),
  boundary: boundary.optional(),
});

const columnPreview = having<ColumnPreview>({
  name: text(LONGEST),
  type: z.enum(['number', 'text', 'class', 'empty']),
  isLabel: z.boolean(),
  values: list(text(LONGEST)),
});

/** What a page shows of data before they are learned from. */
export const dataPreview = having<DataPreview>({
  rows: count(),
  features: count(),
  classes: list(message<ClassCount>({ label: text(LONGEST), count: count() }), 5_000_000),
  columns: list(columnPreview),
  head: message<DataPreview['head']>({ names: list(text(LONGEST)), cells: list(list(text(LONGEST))) }),
  points: having<PointsPreview>({
    x: numbers('Float64Array'),
    y: numbers('Float64Array'),
    labels: numbers('Int32Array'),
  }).optional(),
  images: having<ImagesPreview>({
    width: count(),
    height: count(),
    pixels: numbers('Uint8Array'),
    labels: numbers('Int32Array'),
  }).optional(),
});

export const assessment = having<Assessment>({ rows: count(), evaluations: number });
export const stepCurve = having<StepCurve>({ rows: count(), steps: list(number), scores: list(number) });
export const dynamicsPaths = having<DynamicsPaths>({
  problem: text(1e6),
  notes: list(text(1e6)),
  times: numbers('Float64Array'),
  logSnr: numbers('Float64Array'),
  gaps: numbers('Float64Array'),
  n: count(),
  drawn: count(),
  d: count(),
});
export const comparedPaths = having<ComparedPaths>({ problem: text(1e6), notes: list(text(1e6)), n: count() });
export const storedComparison = having<StoredComparison>({ id: z.string(), made: text() });
export const comparisonSummary = having<ComparisonSummary>({ id, made: text(), problem: text(1e6), verdict: text(1e6) }); // prettier-ignore
export const conclusion = having<RunConclusion>({ problem: text(1e6), rows: count(), sentence: text(1e6) });
