import * as z from 'zod';
import type { Change } from '../core/experiment/changes';
import type { LocatedProblem } from '../core/registry/problem';
import type { StoredComparison } from '../core/runs/storedComparison';
import type {
  ComparedRuns,
  DroppedFile,
  FileContent,
  FilesState,
  HostCalls,
  RunsSnapshot,
  Snapshot,
  UnreadFile,
} from './hostCalls';
import * as results from './resultSchemas';
import { count, having, list, LONGEST, message, nothing, text } from './schema';
import type { CallSchemas } from './rpc';

const { experiment, id, path, runChoice, taskProgress } = results;

/** Names that every object has from its prototype: no key of a document may be set by them. */
const PROTOTYPE = ['__proto__', 'constructor', 'prototype'];

const key = z.union([count(1e6), text().refine((name) => !PROTOTYPE.includes(name), 'must be a key of an experiment')]);

const change = message<Change>({
  path: list(key, 32).min(1),
  value: z.unknown().optional(), // JSON leaves out what is undefined
  insert: z.boolean().optional(),
});

const problem = having<LocatedProblem>({ severity: z.enum(['error', 'warning']), message: z.string() });

/** All that a page shows. The experiment was parsed by the sender. */
export const snapshot = message<Snapshot>({
  file: text(40_000),
  status: z.enum(['saved', 'unsaved', 'untitled', 'read-only']),
  experiment: having<NonNullable<Snapshot['experiment']>>({ name: z.string() }).optional(),
  problems: list(problem, 100_000),
  files: message<FilesState>({
    unread: list(message<UnreadFile>({ file: path, why: z.enum(['untrusted', 'outside']) })),
    readable: count(),
  }),
});

export const runsSnapshot = message<RunsSnapshot>({
  whole: z.boolean(),
  rows: list(results.runSummary, 1e6),
  gone: list(id, 1e6),
  damaged: list(results.damagedRun, 1e6),
  queue: list(results.queueJob, 1e6),
});

const fileContent = message<FileContent>({
  name: text(),
  content: text(LONGEST),
  encoding: z.enum(['utf8', 'base64']),
});

const droppedFile: z.ZodType<DroppedFile> = z.union([z.object({ uri: text(40_000) }), fileContent]);

const comparedRuns = message<ComparedRuns>({ run: runChoice.optional(), also: list(id, 1000).optional() });

const compared = having<Pick<StoredComparison, 'experiment' | 'run'>>({ experiment, run: id.optional() });

const records = list(results.runRecord, 1e6);
const summaries = list(results.comparisonSummary, 1e6);

/** How a page shows its document: a few values, small enough to be kept for many documents. */
const viewState = z.unknown().refine((view) => (JSON.stringify(view) ?? '').length < 100_000, 'must be small');

/** What a page may send to the host, and the host answer. */
export const hostSchemas: CallSchemas<HostCalls> = {
  ready: { args: z.tuple([]), value: snapshot },
  edit: { args: z.tuple([list(change, 1000)]), value: nothing },
  keepView: { args: z.tuple([viewState]), value: nothing },
  showText: { args: z.tuple([count().optional()]), value: nothing },
  openLab: { args: z.tuple([]), value: nothing },
  copyExperiment: { args: z.tuple([]), value: nothing },
  save: { args: z.tuple([]), value: nothing },
  saveFile: { args: z.tuple([fileContent]), value: z.boolean() },
  openText: { args: z.tuple([text(), list(text(20), 20)]), value: text(LONGEST).optional() },
  manageTrust: { args: z.tuple([]), value: nothing },
  allowFile: { args: z.tuple([path]), value: nothing },
  chooseFile: { args: z.tuple([text(), list(text(20), 20)]), value: path.optional() },
  takeFile: { args: z.tuple([droppedFile]), value: path.optional() },
  closeReport: { args: z.tuple([]), value: nothing },
  importAs: { args: z.tuple([text(100)]), value: nothing },
  importScheduler: { args: z.tuple([]), value: nothing },
  copy: { args: z.tuple([text(LONGEST)]), value: nothing },
  runs: { args: z.tuple([]), value: runsSnapshot },
  train: { args: z.tuple([id.optional()]), value: records },
  trainModels: { args: z.tuple([]), value: records },
  sweep: { args: z.tuple([]), value: records },
  stopSweep: { args: z.tuple([]), value: nothing },
  duplicate: { args: z.tuple([z.record(text(200), z.unknown())]), value: nothing },
  stop: { args: z.tuple([id.optional()]), value: nothing },
  exportWeights: { args: z.tuple([runChoice]), value: z.boolean() },
  exportRun: { args: z.tuple([runChoice]), value: z.boolean() },
  predictFile: { args: z.tuple([runChoice]), value: z.boolean() },
  importWeights: { args: z.tuple([]), value: results.runRecord.optional() },
  mend: { args: z.tuple([id]), value: nothing },
  removeRun: { args: z.tuple([id]), value: z.boolean() },
  showRun: { args: z.tuple([id]), value: nothing },
  metrics: { args: z.tuple([id]), value: results.metrics },
  evaluation: { args: z.tuple([runChoice]), value: results.evaluation },
  assessment: { args: z.tuple([runChoice]), value: results.assessment, progress: taskProgress },
  stepCurve: { args: z.tuple([runChoice]), value: results.stepCurve, progress: taskProgress },
  trajectories: { args: z.tuple([runChoice]), value: results.trajectories },
  boundary: { args: z.tuple([runChoice]), value: results.boundary },
  previewData: { args: z.tuple([experiment]), value: results.dataPreview },
  learned: { args: z.tuple([id]), value: results.learnedAt.optional() },
  dynamics: { args: z.tuple([experiment]), value: results.dynamicsPaths, progress: taskProgress },
  compare: { args: z.tuple([comparedRuns]), value: results.storedComparison, progress: taskProgress },
  comparedPaths: { args: z.tuple([compared, results.pathChoices]), value: results.comparedPaths },
  comparisons: { args: z.tuple([]), value: summaries },
  comparison: { args: z.tuple([id]), value: results.storedComparison },
  removeComparison: { args: z.tuple([id]), value: summaries },
  conclude: { args: z.tuple([id]), value: results.conclusion, progress: taskProgress },
  conclusion: { args: z.tuple([id]), value: results.conclusion.optional() },
};
