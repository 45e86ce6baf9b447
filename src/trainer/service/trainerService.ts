import path from 'node:path';
import type { Experiment } from '../../core/experiment/experiment';
import type { EvaluationShare } from '../../protocol/evaluation';
import type { ComparisonShare, PictureShare } from '../../protocol/pictures';
import type { Comparison } from '../../core/compare/comparison';
import type { QueueJob } from '../../protocol/queue';
import type { Handlers } from '../../protocol/rpc';
import { chosenRun } from '../../core/runs/record';
import type { Method, Progress, RowChoice, TrainerCalls } from '../../protocol/trainer';
import type { RunChoice, RunRecord } from '../../core/runs/record';
import { assess, readAssessment, stepCurve, writeAssessment, type EvaluationWatch } from '../tasks/assess';
import { startBackend } from '../engine/backend';
import { deleteComparison, keepComparison, listComparisons, readComparison } from '../runs/comparisonFiles';
import { comparedPaths, fewPaths } from '../tasks/dynamics/comparedPaths';
import { dynamicsPicture } from '../tasks/dynamics/picture';
import { boundary, evaluate, predict, trajectories } from '../tasks/evaluate';
import { samplerOf } from '../training/models';
import { exportWeights, importWeights } from '../runs/weightsFile';
import { openRun, runRows, type OpenRun } from '../runs/openRun';
import { predictFile } from '../tasks/predictFile';
import { concludeRun, readConclusion } from '../tasks/conclude';
import { takeRows } from '../data/examples';
import { deleteRun, listRuns, readRunMetrics } from '../runs/runFolder';
import { Pool, poolSize } from './pool/trainingPool';
import { pooled } from '../tasks/pooledComparison';
import { jobThreads } from './pool/trainingThread';
import { closedSubject, compareClosed, compareRun, runSubject, type Watch } from '../tasks/compare';

export interface DeskOptions {
  /** Train and compute with relaxed SIMD, which the records of runs tell. */
  readonly relaxed?: boolean;
  /** How many threads train; 0 for one less than the cores, at least 1. */
  readonly workers?: number | undefined;
  readonly onStarted?: (record: RunRecord) => void;
  readonly onProgress?: (progress: Progress) => void;
  /** Told all trainings that run or wait, whenever one comes, starts or goes. */
  readonly onQueue?: (jobs: readonly QueueJob[]) => void;
  readonly onComparing?: (share: ComparisonShare) => void;
  readonly onConcluding?: (share: ComparisonShare) => void;
  readonly onPicturing?: (share: PictureShare) => void;
  readonly onEvaluating?: (share: EvaluationShare) => void;
}

/** The most test rows that a comparison on a run carries, and a test of the note's conclusion. */
const [ROWS, CONCLUDED] = [200, 500];

/** The test rows whose paths are drawn. */
const PATHS = 12;

/**
 * Answers the trainer's calls; the same for a worker thread and in the process of a terminal. Trainings have threads of
 * their own, so that whatever else is asked never waits for them.
 */
export class Desk {
  private readonly pool: Pool;
  private comparing: AbortController | undefined;
  private picturing: AbortController | undefined;
  private concluding: AbortController | undefined;
  private readonly evaluating = new Set<AbortController>();

  /** `kernels` is the folder of tfjs-backend-wasm*.wasm and kernels*.wasm; nothing is loaded before the first call. */
  constructor(
    private readonly kernels: string,
    private readonly options: DeskOptions = {},
  ) {
    const start = jobThreads(kernels, options.relaxed ?? false);
    this.pool = new Pool({ ...options, size: poolSize(options.workers), start });
  }

  readonly calls: Handlers<TrainerCalls> = {
    train: (task) => this.pool.train(task),
    stop: (id) => this.pool.stop(id),
    evaluate: (run, rows, method) =>
      this.with(run, async (open) =>
        evaluate(open.model, sampler(open, method), await choose(open, rows), open.record.data),
      ),
    assess: (run) =>
      this.with(run, (open) =>
        this.watched(run, async (watch) => {
          if (typeof run !== 'string') return assess(open, watch); // what is kept is of the end
          const kept = await readAssessment(run, open.record);
          if (kept) return kept;
          const made = await assess(open, watch);
          await writeAssessment(run, open.record, made);
          return made;
        }),
      ),
    stepCurve: (run, steps) => this.with(run, (open) => this.watched(run, (watch) => stepCurve(open, steps, watch))),
    cancelEvaluation: () => this.evaluating.forEach((one) => one.abort()),
    predict: (run, rows) => this.with(run, (open) => predict(open.model, sampler(open), open.record.data, rows)),
    predictFile: (run, data, out) => this.with(run, (open) => predictFile(open, data, out)),
    trajectories: (run, rows, method) =>
      this.with(run, async (open) =>
        trajectories(open.model, sampler(open, method), await choose(open, rows), open.record.data),
      ),
    boundary: (run, size, method) =>
      this.with(run, (open) => boundary(open.model, sampler(open, method), open.record.data, size)),
    runs: listRuns,
    metrics: readRunMetrics,
    remove: deleteRun,
    exportWeights,
    importWeights: async (task, file) => importWeights(task, file, await startBackend(this.kernels, this.options)),
    dynamics: (experiment, folder) => {
      this.picturing?.abort();
      const { signal } = (this.picturing = new AbortController());
      return dynamicsPicture(experiment, folder, { signal, onShare: this.options.onPicturing });
    },
    cancelDynamics: () => this.picturing?.abort(),
    compare: async (task) => {
      this.comparing?.abort();
      const comparing = (this.comparing = new AbortController());
      const watch = { signal: comparing.signal, onShare: this.options.onComparing };
      const { experiment, folder, run, also = [], runs } = task;
      const picture =
        run === undefined ? await compareClosed(experiment, folder, watch) : await this.compareRuns(experiment, [run, ...also], watch); // prettier-ignore
      const [id, ...others] = run === undefined ? [] : [run, ...also].map((one) => path.basename(chosenRun(one).run));
      const of = id === undefined ? {} : { run: id, ...(others.length && { also: others }) };
      const made = { version: 1 as const, made: new Date().toISOString(), experiment, ...of, picture };
      return runs === undefined ? { ...made, id: '' } : keepComparison(runs, made);
    },
    comparedPaths: async ({ experiment, folder, run }, choices) => {
      if (run === undefined) {
        const { problem, text } = await closedSubject(experiment, folder);
        return comparedPaths(fewPaths(problem), text, choices);
      }
      return this.with(run, async (open) => {
        const subject = runSubject(experiment, open, await choose(open, { part: 'test', limit: PATHS }), 1);
        try {
          return comparedPaths(subject.problem, subject.text, choices);
        } finally {
          subject.dispose();
        }
      });
    },
    comparisons: listComparisons,
    comparison: readComparison,
    removeComparison: deleteComparison,
    cancelCompare: () => this.comparing?.abort(),
    conclude: (run, choice = {}) => {
      this.concluding?.abort();
      const { signal } = (this.concluding = new AbortController());
      const watch = { signal, onShare: this.options.onConcluding };
      return this.with(run, async (open) =>
        concludeRun(run, open, await choose(open, { part: 'test', limit: CONCLUDED }), choice, watch),
      );
    },
    conclusion: readConclusion,
    cancelConclude: () => this.concluding?.abort(),
  };

  /** Runs an evaluation that can be cancelled and tells how far it is. */
  private async watched<T>(choice: RunChoice, work: (watch: EvaluationWatch) => Promise<T>): Promise<T> {
    const { run } = chosenRun(choice);
    const controller = new AbortController();
    this.evaluating.add(controller);
    try {
      const onShare: EvaluationWatch['onShare'] = (share) => this.options.onEvaluating?.({ run, ...share });
      return await work({ signal: controller.signal, onShare });
    } finally {
      this.evaluating.delete(controller);
    }
  }

  /** Compares on each of some runs and pools what they come to; where it is stopped, those that are done. */
  private async compareRuns(experiment: Experiment, all: readonly RunChoice[], watch: Watch): Promise<Comparison> {
    const pictures: Comparison[] = [];
    for (const run of all) {
      const before = pictures.length;
      const onShare: Watch['onShare'] = ({ done, total }) =>
        watch.onShare?.({ done: done + before * total, total: total * all.length });
      const work = async (open: OpenRun) =>
        compareRun(experiment, open, await choose(open, { part: 'test', limit: ROWS }), { ...watch, onShare });
      const made = this.with(run, work);
      // What a stopped run has come to counts only where there is nothing whole.
      const stopped = () => before > 0 && watch.signal?.aborted;
      const picture = await made.catch((error: unknown) => {
        if (stopped()) return undefined;
        throw error;
      });
      if (picture && !stopped()) pictures.push(picture);
      if (watch.signal?.aborted) break;
    }
    return pooled(pictures, experiment.comparison.aim, all.length);
  }

  /** Opens a run or one of its checkpoints, works on it and closes it. */
  private async with<T>(run: RunChoice, work: (open: OpenRun) => T | Promise<T>): Promise<T> {
    await startBackend(this.kernels, this.options);
    const open = await openRun(run);
    try {
      return await work(open);
    } finally {
      open.model.dispose();
    }
  }
}

const sampler = ({ experiment }: OpenRun, method?: Method) => samplerOf(experiment, method);

const choose = async (open: OpenRun, { part, limit }: RowChoice) => takeRows(await runRows(open, part), limit);
