import type { EvaluationShare } from '../../src/protocol/evaluation';
import type { Assessment, StepCurve } from '../../src/core/runs/assessment';
import { testScore } from '../../src/core/runs/metrics';
import { chosenRun, type RunChoice, type RunRecord } from '../../src/core/runs/record';
import type { Store } from './store';

/** What one run was asked for: its answer, or why there is none; neither while it is on its way. */
export interface Asked<T> {
  readonly value?: T | undefined;
  readonly error?: string | undefined;
}

/** Milliseconds after which a measurement is told of. */
const LONG = 1000;

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Measures of runs, each asked for once and one after another: they share the trainer's one thread. */
export class Evaluations {
  /** How far the one that runs is. */
  share: EvaluationShare | undefined;
  private readonly asked = new Map<string, Asked<unknown>>();
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private since = 0;
  /** Counts the cancels: what was asked before one is not begun after it. */
  private turn = 0;

  constructor(private readonly store: Store) {}

  /** Whether something has been measured, or waited to be, for a second. */
  get slow(): boolean {
    return this.waiting > 0 && performance.now() - this.since > LONG;
  }

  /** Whether a run can be measured: it has ended, and has been tested. */
  static ready = (run: RunRecord): boolean => run.state !== 'running' && testScore(run) !== undefined;

  /** How far a run's probabilities hold, as it is looked at or at its end; asked for where it is not known. */
  assessment = (run: RunRecord, at: RunChoice = this.store.study.choiceOf(run)): Asked<Assessment> =>
    this.ask('calibration', run, at, (choice) => this.store.request('assessment', choice));

  /** A run's accuracy by step count; asked for where it is not known. */
  stepCurve = (run: RunRecord): Asked<StepCurve> =>
    this.ask('steps', run, this.store.study.choiceOf(run), (choice) => this.store.request('stepCurve', choice));

  progress(share: EvaluationShare): void {
    this.share = share;
    this.store.changed();
  }

  /** Stops what is measured, and all that waits. */
  stop(): void {
    this.turn++;
    void this.store.ask('cancelEvaluation');
  }

  /** Asks again for what has failed or was stopped. */
  again(): void {
    for (const [key, { error }] of this.asked) if (error !== undefined) this.asked.delete(key);
    this.store.changed();
  }

  private ask<T>(kind: string, run: RunRecord, choice: RunChoice, request: (run: RunChoice) => Promise<T>): Asked<T> {
    const key = [kind, run.id, run.updated, chosenRun(choice).checkpoint].join(' ');
    const found = this.asked.get(key);
    if (found) return found as Asked<T>;
    const empty: Asked<T> = {};
    this.asked.set(key, empty);
    if (!this.waiting++) this.since = performance.now();
    const { turn } = this;
    this.last = this.last.then(async () => {
      const answer = await this.answer(turn, () => request(choice));
      this.asked.set(key, answer);
      this.waiting--;
      this.share = undefined;
      this.store.changed();
    });
    return empty;
  }

  private async answer<T>(turn: number, request: () => Promise<T>): Promise<Asked<T>> {
    if (turn !== this.turn) return { error: 'the evaluation was cancelled' };
    try {
      return { value: await request() };
    } catch (error) {
      return { error: textOf(error) };
    }
  }
}
