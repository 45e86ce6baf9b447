import * as z from 'zod';
import type { Method } from '../core/sampling';
import { experimentSchema } from '../core/experiment/experiment';
import type { ImportChoice, Imported } from '../core/imports';
import type { FileRoles } from '../core/imports/roles';
import type { FilePlaces, FileRule } from '../core/files/filePlaces';
import type { TrainTask } from '../core/runs/record';
import * as results from './resultSchemas';
import { count, having, list, LONGEST, message, nothing, number, numbers, text } from './schema';
import type { CallSchemas } from './rpc';
import type {
  CompareTask,
  ConclusionChoice,
  ExportChoice,
  PredictedFile,
  PredictionChoice,
  ReportTask,
  RowChoice,
  TrainerCalls,
  TrainerEvents,
  Written,
  WrittenReport,
} from './trainerCalls';

const { experiment, id, path, runChoice, taskProgress } = results;

const rowChoice = message<RowChoice>({ part: z.enum(['train', 'test']), limit: number });

const method = message<Method>({
  dynamics: having<NonNullable<Method['dynamics']>>({ id: text(), noise: z.boolean() }).optional(),
  integrator: text().optional(),
  steps: count().optional(),
});

const fileRule: z.ZodType<FileRule> = z.union([
  z.literal('any'),
  message<FilePlaces>({ trusted: z.boolean(), folders: list(path), files: list(path, 100_000) }),
]);

/** A training that a host or a pool asks for. */
export const trainTask = message<TrainTask>({
  experiment,
  folder: path,
  runs: path,
  beside: list(path, 100).optional(),
  resume: id.optional(),
  job: id.optional(),
  group: text(1e6).optional(),
  files: fileRule.optional(),
});

const compareTask = message<CompareTask>({
  experiment,
  folder: path,
  run: runChoice.optional(),
  also: list(runChoice, 1000).optional(),
  runs: path.optional(),
});

const reportTask = message<ReportTask>({
  experiment,
  folder: path,
  file: text(40_000),
  runs: list(path, 1000),
  comparisons: list(path, 1000),
});

const writtenReport = message<WrittenReport>({ bytes: count(), notes: list(text(LONGEST), 100_000) });

const conclusionChoice = message<ConclusionChoice>({
  schedules: list(experimentSchema.shape.schedules.element, 1000).optional(),
  steps: list(count(), 1000).optional(),
});

const importChoice = message<ImportChoice>({ as: text(100).optional(), sequenceLength: count().optional() });

const imported = having<Imported>({ format: text(100), experiment, hasSchedule: z.boolean(), ...results.importLists });

const fileRoles = message<FileRoles>({ data: z.boolean(), schedule: z.boolean() });

const predictedFile = having<PredictedFile>({ rows: count(), column: text(LONGEST) });

const predictionChoice = message<PredictionChoice>({ labelsOnly: z.boolean().optional() });

const exportChoice = message<ExportChoice>({ format: text(100), out: path, replace: z.boolean().optional() });

const written = having<Written>({ files: list(path), inTheWay: list(path), lost: list(text(10_000)) });

/** What the host may send to the trainer, and the trainer answer. */
export const trainerSchemas: CallSchemas<TrainerCalls> = {
  allowFiles: { args: z.tuple([fileRule]), value: nothing },
  usePython: { args: z.tuple([path.optional()]), value: nothing },
  train: { args: z.tuple([trainTask]), value: results.runRecord },
  resume: { args: z.tuple([path, id.optional()]), value: results.runRecord },
  stop: { args: z.tuple([id.optional()]), value: nothing },
  close: { args: z.tuple([text()]), value: nothing },
  interrupt: { args: z.tuple([path, text(1e6)]), value: results.runRecord },
  evaluate: { args: z.tuple([runChoice, rowChoice, method.optional()]), value: results.evaluation },
  assess: { args: z.tuple([runChoice]), value: results.assessment, progress: taskProgress },
  stepCurve: { args: z.tuple([runChoice, list(count(1e7), 1000)]), value: results.stepCurve, progress: taskProgress },
  predict: { args: z.tuple([runChoice, numbers('Float64Array')]), value: results.labels },
  predictFile: { args: z.tuple([runChoice, path, path, predictionChoice.optional()]), value: predictedFile },
  trajectories: { args: z.tuple([runChoice, rowChoice, method.optional()]), value: results.trajectories },
  boundary: { args: z.tuple([runChoice, count(4096), method.optional()]), value: results.boundary },
  learned: { args: z.tuple([id]), value: results.learnedAt.optional() },
  runs: { args: z.tuple([path, text().optional()]), value: results.runList },
  metrics: { args: z.tuple([id]), value: results.metrics },
  remove: { args: z.tuple([id]), value: text(40_000) },
  restore: { args: z.tuple([path, text(40_000)]), value: id },
  trash: { args: z.tuple([path]), value: list(results.trashedRun, 1e6) },
  note: { args: z.tuple([id, results.notesChange]), value: results.runNotes },
  checkRemovable: { args: z.tuple([id]), value: nothing },
  mend: { args: z.tuple([id]), value: results.runRecord },
  exportWeights: { args: z.tuple([runChoice, path]), value: nothing },
  exportRun: { args: z.tuple([runChoice, exportChoice]), value: written },
  importWeights: { args: z.tuple([trainTask, path]), value: results.runRecord },
  previewData: { args: z.tuple([experiment, path]), value: results.dataPreview },
  importFile: { args: z.tuple([path, importChoice]), value: imported },
  fileRoles: { args: z.tuple([path]), value: fileRoles },
  dynamics: { args: z.tuple([experiment, path]), value: results.dynamicsPaths, progress: taskProgress },
  compare: { args: z.tuple([compareTask]), value: results.storedComparison, progress: taskProgress },
  comparedPaths: { args: z.tuple([compareTask, results.pathChoices]), value: results.comparedPaths },
  comparisons: { args: z.tuple([path, text(1e6)]), value: list(results.comparisonSummary, 1e6) },
  comparison: { args: z.tuple([path]), value: results.storedComparison },
  removeComparison: { args: z.tuple([path]), value: nothing },
  conclude: {
    args: z.tuple([id, conclusionChoice.optional()]),
    value: results.conclusion,
    progress: taskProgress,
  },
  report: { args: z.tuple([reportTask, path]), value: writtenReport, progress: taskProgress },
  conclusion: { args: z.tuple([id]), value: results.conclusion.optional() },
};

/** What the trainer may send to the host. */
export const trainerEventSchemas: CallSchemas<TrainerEvents> = {
  started: { args: z.tuple([results.runRecord]), value: nothing },
  queue: { args: z.tuple([list(results.queueJob, 1e6)]), value: nothing },
  trained: { args: z.tuple([results.trainingProgress]), value: nothing },
  printed: { args: z.tuple([text()]), value: nothing },
};
