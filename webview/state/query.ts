import { codeOf, messageOf, type ErrorCode } from '../../src/core/registry/problem';
import type { TaskProgress } from '../../src/protocol/progress';
import type { CallOptions } from '../../src/protocol/rpc';

/** Milliseconds after which progress is shown, and a newer question ends the one before it. */
const LONG = 1000;

/** Asks for a value elsewhere. */
export type Ask<T> = (options: CallOptions<TaskProgress>) => Promise<T>;

/** Why there is no value. */
export interface QueryError {
  readonly code: ErrorCode;
  /** For the user. */
  readonly message: string;
}

/** A question that was begun. */
interface Running {
  readonly key: string;
  readonly since: number;
  readonly controller: AbortController;
}

/**
 * A question and its answer, which is computed elsewhere. It keeps the last value while a new one is on its way. One
 * question runs at a time, then the newest that was asked meanwhile: a drag shows as many as there is time for.
 */
export class Query<T> {
  /** What was asked last; undefined before anything was. */
  key: string | undefined;
  /** The last answer, which may be to the question before. */
  value: T | undefined;
  /** Why what was asked last has no answer. */
  error: QueryError | undefined;
  /** Whether the answer to what was asked last is on its way. */
  busy = false;
  private reported: TaskProgress | undefined;
  private ask: Ask<T> | undefined;
  private running: Running | undefined;

  /** `changed` is called when there is something new to draw. `patience` are the milliseconds a question has before a newer one ends it. */
  constructor(
    private readonly changed: () => void,
    private readonly patience = LONG,
  ) {}

  /** How far it is; only of what takes longer than a second. */
  get progress(): TaskProgress | undefined {
    return this.slow ? this.reported : undefined;
  }

  /** Whether it has run for a second. */
  get slow(): boolean {
    return this.running !== undefined && performance.now() - this.running.since >= LONG;
  }

  /** Asks what a key names, unless that was asked last. */
  follow(key: string, ask: Ask<T>): void {
    if (key === this.key) return;
    this.key = key;
    this.ask = ask;
    this.busy = true;
    const { running } = this;
    if (running && performance.now() - running.since < this.patience) return;
    running?.controller.abort();
    this.begin();
  }

  /** Ends what runs. The last value stays. */
  cancel(): void {
    this.running?.controller.abort();
  }

  /** Asks again what failed or was cancelled. */
  retry(): void {
    if (!this.ask || this.running) return;
    this.busy = true;
    this.begin();
    this.changed();
  }

  /** Takes a value that was found otherwise, as the answer to what a key names. */
  take(key: string | undefined, value: T | undefined): void {
    this.running?.controller.abort();
    this.running = undefined;
    this.key = key;
    this.value = value;
    this.error = undefined;
    this.busy = false;
  }

  private begin(): void {
    const running = { key: this.key!, since: performance.now(), controller: new AbortController() };
    this.running = running;
    this.reported = undefined;
    setTimeout(() => this.look(running), LONG);
    const onProgress = (progress: TaskProgress) => {
      if (running !== this.running) return;
      this.reported = progress;
      if (this.slow) this.changed();
    };
    this.ask!({ signal: running.controller.signal, onProgress }).then(
      (value) => this.end(running, () => this.answered(value)),
      (error: unknown) => this.end(running, () => this.failed(error)),
    );
  }

  /** A second after it was begun: begins what was asked meanwhile, or shows how far it is. */
  private look(running: Running): void {
    if (running !== this.running) return;
    if (running.key === this.key) return this.changed();
    running.controller.abort();
    this.begin();
  }

  private answered(value: T): void {
    this.value = value;
    this.error = undefined;
  }

  private failed(error: unknown): void {
    this.error = { code: codeOf(error), message: messageOf(error) };
  }

  private end(running: Running, take: () => void): void {
    if (running !== this.running) return; // a newer one took its place
    this.running = undefined;
    take();
    // What was cancelled by hand begins nothing else.
    if (running.key === this.key || running.controller.signal.aborted) this.busy = false;
    else this.begin();
    this.changed();
  }
}
