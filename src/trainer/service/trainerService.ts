import path from 'node:path';
import type { ComparedPaths, PathChoice } from '../../core/compare/comparedPaths';
import type { Comparison } from '../../core/compare/comparison';
import type { FileRule } from '../../core/files/filePlaces';
import type { Experiment } from '../../core/experiment/experiment';
import type { FlowDenoiser } from '../../core/experiment/experimentFlow';
import { importFile } from '../../core/imports';
import { chosenRun, type RunChoice, type RunRecord, type TrainTask } from '../../core/runs/record';
import type { StoredComparison } from '../../core/runs/storedComparison';
import type { TaskProgress, TrainingProgress } from '../../protocol/progress';
import { localCaller, type CallContext, type Caller, type Handlers } from '../../protocol/rpc';
import type { Method } from '../../core/sampling';
import type { CompareTask, RowChoice, TrainerCalls } from '../../protocol/trainerCalls';
import { previewData } from '../data/previewData';
import { sampleEvenly } from '../data/examples';
import { fileRoles, readImportFile } from '../data/readImportFile';
import { startBackend } from '../engine/backend';
import { deleteComparison, storeComparison, listComparisons, readComparison } from '../runs/comparisonFiles';
import { openRun, runExamples, type OpenRun } from '../runs/openRun';
import { checkRemovable } from '../runs/deleteRun';
import { changeNotes } from '../runs/notesFile';
import { mendRun } from '../runs/mendRun';
import { interruptRun, readRecord, readRunExperiment, readRunMetrics } from '../runs/runFolder';
import { RunIndex } from '../runs/runIndex';
import { sweepRuns } from '../runs/sweepRuns';
import { emptyTrash, listTrash, restoreRun, trashRun } from '../runs/trash';
import { exportRun } from '../runs/exportRun';
import { exportWeights, importWeights } from '../runs/weightsFile';
import { assess, readAssessment, stepCurve, writeAssessment } from '../tasks/assess';
import { closedFormTask, compareClosedForm, compareRun, runTask } from '../tasks/compareIntegrators';
import { readConclusion, testConclusion } from '../tasks/testConclusion';
import { comparedPaths, fewPaths } from '../tasks/dynamics/comparedPaths';
import { dynamicsTask } from '../tasks/dynamics/dynamicsTask';
import { writeReport } from '../tasks/report/writeReport';
import { runBoundary } from '../tasks/boundary';
import { evaluate, predict, trajectories } from '../tasks/evaluate';
import { poolComparisons } from '../tasks/poolComparisons';
import { predictFile } from '../tasks/predictFile';
import { samplerOf } from '../training/models';
import { OwnModels } from './ownModels';
import { TrainingPool, poolSize } from './pool/trainingPool';
import { startTrainingThreads } from './pool/trainingThread';
import { LiveRuns } from './liveRuns';
import { sayWhatMemory } from './sayWhatMemory';
import type { TrainerOptions } from './trainerOptions';

/** The most test rows that a comparison on a run carries, and a test of the note's conclusion. */
const [ROWS, CONCLUDED] = [200, 500];

/** The test rows whose paths are drawn. */
const PATHS = 12;

/**
 * Answers the trainer's calls; the same for a worker thread and in the process of a terminal. Trainings have threads of
 * their own, so that whatever else is asked never waits for them.
 */
export class TrainerService implements Caller<TrainerCalls> {
  private readonly pool: TrainingPool;
  private readonly live: LiveRuns;
  private readonly indexes = new Map<string, RunIndex>();
  /** Which data files may be read now. */
  private files: FileRule;
  /** The interpreter that the reader chose. */
  private python: string | undefined;
  private readonly models: OwnModels;
  /** The folders of runs that were swept. */
  private readonly swept = new Set<string>();

  /** `kernels` is the folder of tfjs-backend-wasm*.wasm and kernels*.wasm; nothing is loaded before the first call. */
  constructor(
    private readonly kernels: string,
    private readonly options: TrainerOptions = {},
  ) {
    const start = startTrainingThreads(kernels, options.relaxed ?? false);
    const size = poolSize(options.workers);
    const pool = new TrainingPool({ ...options, size, start });
    this.pool = pool;
    this.live = new LiveRuns({
      weights: (run) => pool.weights(run),
      start: () => startBackend(kernels, options),
      files: () => this.files,
      threads: size,
    });
    this.files = options.files ?? 'any';
    this.python = options.python;
    const { line, onPrint = () => undefined } = options;
    this.models = new OwnModels({ kernels, line, onPrint, python: () => this.python, files: () => this.files });
  }

  readonly handlers: Handlers<TrainerCalls> = sayWhatMemory({
    allowFiles: ([files]) => {
      this.files = files;
    },
    usePython: ([interpreter]) => {
      this.python = interpreter;
    },
    train: ([task]) => this.train(task),
    resume: ([run, job]) => this.resume(run, job),
    stop: ([id]) => this.pool.stop(id),
    close: ([why]) => this.pool.stop(undefined, why),
    interrupt: ([run, why]) => interruptRun(run, why),
    evaluate: ([run, rows, method]) =>
      this.with(run, async (open) =>
        evaluate(open.model, sampler(open, method), await choose(open, rows), open.record.data),
      ),
    assess: ([run], context) =>
      this.with(run, async (open) => {
        if (typeof run !== 'string') return assess(open, context); // what is kept is of the end
        const kept = await readAssessment(run, open.record);
        if (kept) return kept;
        const made = await assess(open, context);
        await writeAssessment(run, open.record, made);
        return made;
      }),
    stepCurve: ([run, steps], context) => this.with(run, (open) => stepCurve(open, steps, context)),
    predict: ([run, rows]) => this.with(run, (open) => predict(open.model, sampler(open), open.record.data, rows)),
    predictFile: ([run, data, out, choice]) => this.with(run, (open) => predictFile(open, data, out, choice)),
    trajectories: ([run, rows, method]) =>
      this.with(run, async (open) =>
        trajectories(open.model, sampler(open, method), await choose(open, rows), open.record.data),
      ),
    boundary: ([run, size, method]) => this.with(run, async (open) => runBoundary(open, sampler(open, method), size)),
    learned: ([run]) => this.live.learned(run, path.basename(run)),
    runs: ([folder, since]) => this.indexOf(folder).list(since),
    metrics: ([run]) => readRunMetrics(run),
    remove: ([run]) => trashRun(run),
    restore: ([runs, entry]) => restoreRun(runs, entry),
    trash: ([runs]) => listTrash(runs),
    note: ([run, change]) => changeNotes(run, change),
    checkRemovable: ([run]) => checkRemovable(run),
    mend: ([run]) => mendRun(run),
    exportWeights: ([run, out]) => exportWeights(run, out),
    exportRun: ([run, choice]) => exportRun(run, choice),
    importWeights: async ([task, file]) =>
      importWeights({ ...task, files: this.files }, file, await startBackend(this.kernels, this.options)),
    previewData: ([experiment, folder]) => previewData(experiment, folder, this.files),
    // The person chose this file themself: it is read wherever it lies, as rows to predict and weights are.
    importFile: async ([file, choice]) => importFile(await readImportFile(file), choice),
    fileRoles: ([file]) => fileRoles(file),
    dynamics: (args, context) =>
      this.models.dynamics(args, context, (own) => dynamicsTask(...args, context, this.files, own)),
    compare: (args, context) =>
      this.models.compared('compare', args, context, (own) => this.compare(args[0], context, own)),
    comparedPaths: (args, context) =>
      this.models.compared('comparedPaths', args, context, (own) => this.comparedPaths(...args, own)),
    comparisons: ([runs, name]) => listComparisons(runs, name),
    comparison: ([file]) => readComparison(file),
    removeComparison: ([file]) => deleteComparison(file),
    conclude: ([run, choice = {}], context) =>
      this.with(run, async (open) =>
        testConclusion(run, open, await choose(open, { part: 'test', limit: CONCLUDED }), choice, context),
      ),
    conclusion: ([run]) => readConclusion(run),
    report: ([task, out], context) => writeReport(this.call, task, out, this.kernels, context),
  });

  readonly call = localCaller(this.handlers).call;

  private async comparedPaths(
    { experiment, folder, run }: CompareTask,
    choices: readonly PathChoice[],
    own: FlowDenoiser | undefined,
  ): Promise<ComparedPaths> {
    if (run === undefined) {
      const { problem, text } = await closedFormTask(experiment, folder, this.files, own);
      return comparedPaths(fewPaths(problem), text, choices);
    }
    return this.with(run, async (open) => {
      const compared = runTask(experiment, open, await choose(open, { part: 'test', limit: PATHS }), 1);
      try {
        return comparedPaths(compared.problem, compared.text, choices);
      } finally {
        compared.dispose();
      }
    });
  }

  /** Queues a training. What earlier processes left half done among the runs is removed once; nothing waits for that. */
  train(task: TrainTask, onProgress?: (progress: TrainingProgress) => void): Promise<RunRecord> {
    if (this.options.watched) this.live.prepare();
    if (!this.swept.has(task.runs)) void sweepRuns(task.runs);
    this.swept.add(task.runs);
    return this.pool.train({ ...task, files: this.files }, onProgress);
  }

  /** Queues the rest of a run. The trainer reads its experiment and where its data are. */
  private async resume(run: string, job: string | undefined): Promise<RunRecord> {
    const [{ data, group }, experiment] = await Promise.all([readRecord(run), readRunExperiment(run)]);
    const runs = path.dirname(run);
    return this.train({ experiment, folder: data.folder, runs, resume: path.basename(run), job, group });
  }

  /** Compares in closed form or on runs, and keeps the comparison where there is a folder for it. */
  private async compare(
    task: CompareTask,
    context: CallContext<TaskProgress>,
    own: FlowDenoiser | undefined,
  ): Promise<StoredComparison> {
    const { experiment, folder, run, also = [], runs } = task;
    const comparison =
      run === undefined
        ? await compareClosedForm(experiment, folder, context, this.files, own)
        : await this.compareRuns(experiment, [run, ...also], context);
    const [id, ...others] = run === undefined ? [] : [run, ...also].map((one) => path.basename(chosenRun(one).run));
    const of = id === undefined ? {} : { run: id, ...(others.length && { also: others }) };
    const made = { version: 1 as const, made: new Date().toISOString(), experiment, ...of, picture: comparison };
    return runs === undefined ? { ...made, id: '' } : storeComparison(runs, made);
  }

  /** Compares on each of some runs and pools the results. Where it is cancelled, those that are done. */
  private async compareRuns(
    experiment: Experiment,
    all: readonly RunChoice[],
    { signal, progress }: CallContext<TaskProgress>,
  ): Promise<Comparison> {
    const done: Comparison[] = [];
    for (const run of all) {
      const before = done.length;
      const context: CallContext<TaskProgress> = {
        signal,
        progress: (part) => progress({ done: part.done + before * part.total, total: part.total * all.length }),
      };
      const work = async (open: OpenRun) =>
        compareRun(experiment, open, await choose(open, { part: 'test', limit: ROWS }), context);
      // What a cancelled run has come to counts only where there is nothing whole.
      const cancelled = () => before > 0 && signal.aborted;
      const comparison = await this.with(run, work).catch((error: unknown) => {
        if (cancelled()) return undefined;
        throw error;
      });
      if (comparison && !cancelled()) done.push(comparison);
      if (signal.aborted) break;
    }
    return poolComparisons(done, experiment.comparison.aim, all.length);
  }

  /** What is known of the runs in a folder. */
  private indexOf(folder: string): RunIndex {
    const known = this.indexes.get(folder);
    if (known) return known;
    const index = new RunIndex(folder);
    this.indexes.set(folder, index);
    void emptyTrash(folder);
    return index;
  }

  /** Opens a run or one of its checkpoints, works on it and closes it. */
  private async with<T>(run: RunChoice, work: (open: OpenRun) => T | Promise<T>): Promise<T> {
    await startBackend(this.kernels, this.options);
    const open = await openRun(run, this.files);
    try {
      return await work(open);
    } finally {
      open.model.dispose();
    }
  }
}

const sampler = ({ experiment }: OpenRun, method?: Method) => samplerOf(experiment, method);

const choose = async (open: OpenRun, { part, limit }: RowChoice) => sampleEvenly(await runExamples(open, part), limit);
