import { messageOf } from '../../src/core/registry/problem';
import type { Learned, LearnedAt } from '../../src/core/runs/evaluationResults';
import type { RunSummary } from '../../src/core/runs/runList';
import type { HostCalls } from '../../src/protocol/hostCalls';
import type { Caller } from '../../src/protocol/rpc';
import { KEPT, LearnedHistory } from './learnedHistory';
import type { RunsState } from './runs';

/** The trainings whose pictures are kept. */
const TRAININGS = 2;

/** What is shown of a run: at its end, as it trains, or at a step before. */
export interface ShownLearned {
  readonly value: Learned;
  /** The step of its weights; undefined where these are what the run ended with. */
  readonly step?: number | undefined;
}

/** What following a training uses of its page. */
export interface LearnedHost {
  readonly request: Caller<Pick<HostCalls, 'learned'>>['call'];
  /** Draws the page in the next frame. */
  readonly changed: () => void;
  /** Whether the pictures are in view: they are asked for only then. */
  readonly isShown: () => boolean;
  /** Fulfilled when the page can be drawn again, after a least number of milliseconds; not while it is hidden. */
  readonly rest: (milliseconds: number) => Promise<void>;
}

/** The runs as far as pictures of them go. */
export type LearnedRuns = Pick<RunsState, 'run' | 'queue' | 'results' | 'resultsAt'>;

/** Milliseconds before a training that had no pictures is asked again. */
const AGAIN = 250;

/** Follows what the run in view learns while it trains, and keeps pictures of that to be played. */
export class LearnedView {
  private readonly histories = new Map<string, LearnedHistory>();
  /** The run that is being followed. */
  private followed: string | undefined;
  /** The picture that was chosen, of which run. */
  private chosen: { readonly run: string; readonly index: number } | undefined;
  private failed: { readonly run: string; readonly why: string } | undefined;
  private reading: string | undefined;

  constructor(
    private readonly host: LearnedHost,
    private readonly runs: LearnedRuns,
  ) {}

  /** Follows the run in view, where it trains in this window. */
  update(): void {
    const { run } = this.runs;
    if (run && this.followed === undefined && this.follows(run)) void this.follow(run.id);
  }

  /** Why there are no pictures of the run in view; undefined where nothing went wrong. */
  get problem(): string | undefined {
    return this.failed?.run === this.runs.run?.id ? this.failed?.why : undefined;
  }

  /** What is shown of the run in view: the chosen picture, the newest, or its end. */
  get shown(): ShownLearned | undefined {
    const { run, results } = this.runs;
    if (!run) return undefined;
    const newest = this.histories.get(run.id)?.newest;
    const { index } = this;
    const chosen = index === undefined ? undefined : this.pictures[index];
    if (chosen) return { value: chosen, step: chosen.step };
    if (results.value && run.state !== 'running') return { value: results.value };
    return newest && { value: newest, step: newest.step };
  }

  /** The pictures of the run in view that can be played, by ascending steps; the last is its end, where it has ended. */
  get pictures(): readonly LearnedAt[] {
    const { run, results } = this.runs;
    const history = run && this.histories.get(run.id);
    if (!run || !history) return [];
    const { value } = results;
    if (run.state === 'running' || !value || results.busy) return history.kept;
    return [...history.kept.filter(({ step }) => step < run.step), { ...value, step: run.step }];
  }

  /** The checkpoints of the run in view that can be read as pictures, where none were kept while it trained. */
  get readable(): readonly number[] {
    const { run } = this.runs;
    if (!run || run.state === 'running' || this.pictures.length > 1) return [];
    const { checkpoints = [] } = run;
    const count = Math.min(checkpoints.length, KEPT);
    return Array.from({ length: count }, (_, k) => checkpoints[Math.floor((k * checkpoints.length) / count)]!);
  }

  /** The number of the picture that was chosen; undefined for the newest. */
  get index(): number | undefined {
    return this.chosen && this.chosen.run === this.runs.run?.id ? this.chosen.index : undefined;
  }

  /** Shows a picture of the training; the newest where none is named. */
  choose(index: number | undefined): void {
    const { run } = this.runs;
    const last = this.pictures.length - 1;
    this.chosen = run && index !== undefined && index < last ? { run: run.id, index } : undefined;
    this.host.changed();
  }

  /** Reads the checkpoints of the run in view, one after another; true once there are pictures to play. */
  async readCheckpoints(): Promise<boolean> {
    const { run } = this.runs;
    if (!run || this.reading === run.id) return false;
    this.reading = run.id;
    const history = new LearnedHistory();
    try {
      for (const step of this.readable)
        history.add({ ...(await this.runs.resultsAt(run, { run: run.id, checkpoint: step })), step });
      this.keep(run.id, history);
      return true;
    } catch (error) {
      this.failed = { run: run.id, why: messageOf(error) };
      return false;
    } finally {
      this.reading = undefined;
      this.host.changed();
    }
  }

  private follows({ id, state }: RunSummary): boolean {
    const trains = state === 'running' && this.runs.queue.some(({ run }) => run === id);
    return trains && this.host.isShown() && this.problem === undefined;
  }

  private async follow(id: string): Promise<void> {
    this.followed = id;
    try {
      for (let { run } = this.runs; run?.id === id && this.follows(run); run = this.runs.run) {
        const found = await this.host.request('learned', [id]);
        if (found) this.keep(id, this.histories.get(id) ?? new LearnedHistory(), found);
        await this.host.rest(found ? 0 : AGAIN);
      }
    } catch (error) {
      // A training that ends meanwhile answers nothing more.
      if (this.runs.run?.state === 'running') this.failed = { run: id, why: messageOf(error) };
    }
    this.followed = undefined;
    this.host.changed();
  }

  private keep(run: string, history: LearnedHistory, found?: LearnedAt): void {
    if (found) history.add(found);
    this.histories.delete(run);
    this.histories.set(run, history);
    for (const old of [...this.histories.keys()].slice(0, -TRAININGS)) this.histories.delete(old);
    this.host.changed();
  }
}
