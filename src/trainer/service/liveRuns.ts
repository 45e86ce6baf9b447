import os from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { FileRule } from '../../core/files/filePlaces';
import type { LearnedAt } from '../../core/runs/evaluationResults';
import { LearnedLive } from '../tasks/learnedLive';
import type { StepWeights } from '../training/weightsRequests';

/** The milliseconds from one picture to the next. */
const PERIOD = 160;
/** The most milliseconds from one picture to the next where a core is free, however long one takes. */
const LONGEST_PERIOD = 240;
/** The share of a core that pictures may take: where trainings leave one free, and where they do not. */
const [FREE_SHARE, BUSY_SHARE] = [0.12, 0.04];

/** What live pictures use of the service. */
export interface LiveSource {
  /** The weights of a training by its run's id, after its next step; undefined where it does not train. */
  readonly weights: (run: string) => Promise<StepWeights | undefined>;
  /** Makes this thread ready to compute. */
  readonly start: () => Promise<unknown>;
  /** Which data files may be read now. */
  readonly files: () => FileRule;
  /** How many threads train at most. */
  readonly threads: number;
}

/**
 * Computes what runs have learned while they train, from copies of their weights and in the service's own thread. A
 * training only copies weights, and only while somebody asks.
 */
export class LiveRuns {
  private readonly runs = new Map<string, Promise<LearnedLive>>();
  /** When the next picture may begin. */
  private next = 0;
  private readonly free: boolean;

  constructor(private readonly source: LiveSource) {
    this.free = os.availableParallelism() > source.threads;
  }

  /** Makes this thread ready, so that the first picture comes soon. Where that fails, the first picture says why. */
  prepare(): void {
    this.source.start().catch(() => undefined);
  }

  /** What a run has learned; undefined where it does not train. `id` names it to the pool. */
  async learned(run: string, id: string): Promise<LearnedAt | undefined> {
    const wait = this.next - performance.now();
    if (wait > 0) await pause(wait);
    const weights = await this.source.weights(id);
    if (!weights) {
      this.runs.delete(run);
      return undefined;
    }
    const live = await this.open(run);
    const share = this.free ? FREE_SHARE : BUSY_SHARE;
    const begun = performance.now();
    const learned = live.learned(weights, share * PERIOD);
    const period = Math.max(PERIOD, (performance.now() - begun) / share);
    this.next = begun + (this.free ? Math.min(period, LONGEST_PERIOD) : period);
    return learned;
  }

  private async open(run: string): Promise<LearnedLive> {
    await this.source.start();
    const known = this.runs.get(run) ?? LearnedLive.read(run, this.source.files());
    this.runs.set(run, known);
    try {
      return await known;
    } catch (error) {
      this.runs.delete(run);
      throw error;
    }
  }
}
