import { CodedError, codeOf, messageOf } from '../../../src/core/registry/problem';
import type { Assessment, StepCurve } from '../../../src/core/runs/assessment';
import { testScore } from '../../../src/core/runs/metrics';
import { chosenRun, type RunChoice } from '../../../src/core/runs/record';
import type { RunSummary } from '../../../src/core/runs/runList';
import type { TaskProgress } from '../../../src/protocol/progress';
import type { Request } from '../../state/host';
import type { Ask, QueryError } from '../../state/query';

/** A measure of a run, or why there is none. Neither is there while it is on its way. */
export interface Answer<T> {
  readonly value?: T | undefined;
  readonly error?: QueryError | undefined;
}

/** Milliseconds after which it is shown that something is measured. */
const LONG = 1000;

/** Whether a run can be measured: it has ended, and has been tested. */
export const canMeasure = (run: RunSummary): boolean => run.state !== 'running' && testScore(run) !== undefined;

/** Measures of runs. Each is asked for once, and one after another, because they share one thread of the trainer. */
export class MeasureQueries {
  private readonly answers = new Map<string, Answer<unknown>>();
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private since = 0;
  private reported: TaskProgress | undefined;
  /** Ends what runs and all that waits. */
  private controller = new AbortController();

  constructor(
    private readonly request: Request,
    private readonly changed: () => void,
  ) {}

  /** Whether something has been measured, or waited to be, for a second. */
  get slow(): boolean {
    return this.waiting > 0 && performance.now() - this.since > LONG;
  }

  /** How far the one that runs is. */
  get progress(): TaskProgress | undefined {
    return this.reported;
  }

  /** How far the probabilities of a run hold. */
  assessment = (run: RunSummary, at: RunChoice): Answer<Assessment> => this.answer('calibration', run, at);

  /** The accuracy of a run by step count. */
  stepCurve = (run: RunSummary, at: RunChoice): Answer<StepCurve> => this.answer('steps', run, at);

  /** Asks for an assessment where it is not known. */
  askAssessment(run: RunSummary, at: RunChoice): void {
    this.ask('calibration', run, at, (options) => this.request('assessment', [at], options));
  }

  /** Asks for a step curve where it is not known. */
  askStepCurve(run: RunSummary, at: RunChoice): void {
    this.ask('steps', run, at, (options) => this.request('stepCurve', [at], options));
  }

  /** Ends what is measured, and all that waits. */
  cancel(): void {
    this.controller.abort();
    this.controller = new AbortController();
  }

  /** Forgets what failed or was cancelled, for it to be asked for again. */
  retry(): void {
    for (const [key, { error }] of this.answers) if (error) this.answers.delete(key);
    this.changed();
  }

  private answer<T>(kind: string, run: RunSummary, at: RunChoice): Answer<T> {
    return (this.answers.get(keyOf(kind, run, at)) ?? {}) as Answer<T>;
  }

  private ask(kind: string, run: RunSummary, at: RunChoice, ask: Ask<unknown>): void {
    const key = keyOf(kind, run, at);
    if (this.answers.has(key)) return;
    this.answers.set(key, {});
    if (!this.waiting++) this.since = performance.now();
    const { signal } = this.controller;
    this.last = this.last.then(async () => {
      this.answers.set(key, await this.answered(signal, ask));
      this.waiting--;
      this.reported = undefined;
      this.changed();
    });
  }

  private async answered(signal: AbortSignal, ask: Ask<unknown>): Promise<Answer<unknown>> {
    const onProgress = (progress: TaskProgress) => {
      this.reported = progress;
      this.changed();
    };
    try {
      if (signal.aborted) throw new CodedError('cancelled', 'the evaluation was cancelled');
      return { value: await ask({ signal, onProgress }) };
    } catch (error) {
      return { error: { code: codeOf(error), message: messageOf(error) } };
    }
  }
}

const keyOf = (kind: string, { id, updated }: RunSummary, at: RunChoice) =>
  [kind, id, updated, chosenRun(at).checkpoint].join(' ');
