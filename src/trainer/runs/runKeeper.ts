import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Experiment } from '../../core/experiment/experiment';
import { InputError } from '../../core/registry/problem';
import type { Tensors } from '../network/tensors';
import type { RunDisk } from './disk';
import { MetricsLines } from './metricsFile';
import { writeFollowing, writeState, type RunCommit } from './runCommit';
import { checkpointFile, readableJson, runFile, writeCheckpoint } from './runFiles';
import { LockLost, type HeldLock } from './runLock';
import { saveProblemText, writeProblem } from './saveProblem';
import { writeAtomically } from './writeAtomically';

/** After a save that failed: milliseconds until the next try, by what they grow, and the most. */
const [FIRST, GROWTH, MOST] = [500, 1.5, 5000];
/** How long the end of a training that was stopped is tried to be saved, in milliseconds. */
const LAST = 10_000;
/** The most bytes of checkpoints that wait for the disk. */
const WAITING = 256e6;

/** A checkpoint that is to be written. */
interface Checkpoint {
  readonly step: number;
  readonly weights: Tensors;
}

export interface KeeperOptions {
  readonly run: string;
  readonly experiment: Experiment;
  readonly lock: HeldLock;
  readonly disk: RunDisk;
  /** The checkpoints that are kept already. */
  readonly checkpoints: readonly number[];
  /** Gets what is wrong, and undefined once a save has worked again. */
  readonly onProblem: (problem: string | undefined) => void;
  /** Is told that another writer has taken the run over. */
  readonly onLost: (message: string) => void;
}

/**
 * Keeps a training on disk. One save is written at a time; of those that come meanwhile the last one is. A save that
 * fails ends nothing: it is tried again until it, or a later one, works.
 */
export class RunKeeper {
  /** The save that is on disk. */
  kept: RunCommit | undefined;
  private next: RunCommit | undefined;
  private waiting: Checkpoint[] = [];
  private readonly checkpoints: Set<number>;
  private readonly dropped: number[] = [];
  private working: Promise<void> | undefined;
  private failure: unknown;
  private ended = false;
  private lost = false;
  private readonly lines = new MetricsLines();
  private readonly givenUp = new AbortController();

  constructor(private readonly options: KeeperOptions) {
    this.checkpoints = new Set(options.checkpoints);
  }

  /** Makes the first save, before the first step. An InputError where a new run cannot be saved at all. */
  async begin(commit: RunCommit, resumed: boolean): Promise<void> {
    try {
      await this.write(commit);
    } catch (error) {
      if (error instanceof LockLost) throw new InputError(error.message);
      if (!resumed) throw new InputError(`${writeProblem(this.options.run, error)}. The training was not started`);
      this.kept = commit; // a run that is resumed has this very step on disk
      this.report(error);
      this.save(commit);
    }
  }

  save(commit: RunCommit): void {
    this.next = commit;
    this.work();
  }

  /** Keeps the weights of a step. The training waits for a promise: the disk is slow. */
  checkpoint(step: number, weights: Tensors): Promise<void> | void {
    const full = this.waitingBytes() > WAITING;
    if (full && this.failure !== undefined) return void this.dropped.push(step);
    this.waiting.push({ step, weights });
    this.work();
    return full ? this.working : undefined;
  }

  /**
   * Makes the last save, and waits for it as long as it takes, or for some seconds where the training was stopped or is
   * stopped now. False where it is not on disk.
   */
  async end(commit: RunCommit, signal: AbortSignal): Promise<boolean> {
    this.ended = true;
    if (this.failure !== undefined) this.report(this.failure); // in other words now
    this.save(commit);
    const stopped = () => void setTimeout(LAST, undefined, { ref: false }).then(() => this.givenUp.abort());
    if (signal.aborted) stopped();
    else signal.addEventListener('abort', () => this.givenUp.abort(), { once: true });
    await this.working;
    return this.kept?.snapshot === commit.snapshot;
  }

  /** Waits for what is being written, and writes no more. */
  async stop(): Promise<void> {
    this.givenUp.abort();
    await this.working;
  }

  private work(): void {
    this.working ??= this.writeAll();
  }

  /** Writes until there is nothing more to write. */
  private async writeAll(): Promise<void> {
    const { signal } = this.givenUp;
    let pause = FIRST;
    while ((this.next || this.waiting.length) && !this.lost) {
      const commit = this.next;
      try {
        await this.write(commit);
        if (this.next === commit) this.next = undefined;
        if (this.failure !== undefined) this.report(undefined);
        pause = FIRST;
      } catch (error) {
        if (error instanceof LockLost) this.lose(error);
        else this.report(error);
        if (signal.aborted) break;
        await setTimeout(pause, undefined, { signal }).catch(() => undefined);
        pause = Math.min(MOST, GROWTH * pause);
      }
    }
    this.working = undefined;
  }

  /** Writes the checkpoints that wait, and then a save: it names no checkpoint that is not there. */
  private async write(commit: RunCommit | undefined): Promise<void> {
    const { run, disk } = this.options;
    await this.prepareFolder();
    for (const one of [...this.waiting]) {
      await writeCheckpoint(run, one.step, one.weights, disk);
      this.checkpoints.add(one.step);
      this.waiting.shift();
    }
    if (!commit) return;
    const { snapshot, record } = commit;
    const checkpoints = [...this.checkpoints].filter((step) => step <= snapshot.step).sort((a, b) => a - b);
    const full = { snapshot, record: { ...record, ...(checkpoints.length && { checkpoints }) } };
    await writeState(run, full, disk);
    this.kept = full;
    await writeFollowing(run, full, disk, this.lines);
  }

  /** Makes sure that the run is still this writer's. Makes its folder again where it was deleted. */
  private async prepareFolder(): Promise<void> {
    const { run, experiment, lock, disk } = this.options;
    const file = path.join(run, runFile.experiment);
    const there = await fs.access(file).then(
      () => true,
      () => false,
    );
    if (!there) {
      await disk.makeFolder(run);
      await writeAtomically(file, readableJson(experiment), disk);
      for (const step of this.checkpoints)
        await fs.access(checkpointFile(run, step)).catch(() => this.checkpoints.delete(step));
    }
    await lock.renew();
  }

  private lose({ message }: Error): void {
    this.lost = true;
    this.options.onLost(message);
  }

  private report(error: unknown): void {
    this.failure = error;
    const { run: folder, onProblem } = this.options;
    const keptStep = this.kept?.snapshot.step ?? 0;
    const { ended, dropped } = this;
    onProblem(error === undefined ? undefined : saveProblemText({ folder, error, keptStep, ended, dropped }));
  }

  private waitingBytes(): number {
    const sizes = this.waiting.flatMap(({ weights }) => Object.values(weights).map(({ values }) => values.byteLength));
    return sizes.reduce((sum, size) => sum + size, 0);
  }
}
