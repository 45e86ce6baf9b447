import type { PictureShare } from '../../src/protocol/pictures';

/** Milliseconds after which a computation is told of, and gives way to a newer one. */
const LONG = 1000;

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/**
 * Something that follows the experiment and is computed elsewhere: one at a time, always the newest that is asked for,
 * so that a drag shows as many as there is time for. The last value stays while there is no other.
 */
export class Latest<T> {
  value: T | undefined;
  /** Why there is no value of what was asked for last. */
  error: string | undefined;
  /** Whether that is because it was stopped by hand. */
  stopped = false;
  busy = false;
  /** How far it is; only of what takes long. */
  share: PictureShare | undefined;
  private key = '';
  private compute: (() => Promise<T>) | undefined;
  /** Counts the computations, as one that was overtaken may still answer. */
  private turn = 0;
  private running: { readonly key: string; readonly since: number } | undefined;

  /** `changed` is called whenever there is something new to draw; `cancel` stops what is computed. */
  constructor(
    private readonly changed: () => void,
    private readonly cancel: () => void,
  ) {}

  /** Computes what a key names, unless that was asked for last. */
  follow(key: string, compute: () => Promise<T>): void {
    if (key === this.key) return;
    [this.key, this.compute, this.busy] = [key, compute, true];
    if (!this.running || performance.now() - this.running.since > LONG) this.start();
  }

  /** Stops what is computed; the last value stays. */
  stop(): void {
    this.stopped = true;
    this.cancel();
  }

  /** Computes again what failed or was stopped. */
  again(): void {
    if (!this.compute || this.running) return;
    this.busy = true;
    this.start();
    this.changed();
  }

  progress(share: PictureShare): void {
    if (!this.running || performance.now() - this.running.since < LONG) return;
    this.share = share;
    this.changed();
  }

  private start(): void {
    const { key, compute } = this;
    const turn = ++this.turn;
    [this.running, this.share, this.stopped] = [{ key, since: performance.now() }, undefined, false];
    setTimeout(() => turn === this.turn && this.running && key !== this.key && this.start(), LONG);
    compute!().then(
      (value) => this.end(turn, key, () => ([this.value, this.error] = [value, undefined])),
      (error: unknown) => this.end(turn, key, () => (this.error = textOf(error))),
    );
  }

  private end(turn: number, key: string, take: () => void): void {
    if (turn !== this.turn) return;
    [this.running, this.share] = [undefined, undefined];
    take();
    if (key === this.key || this.stopped) this.busy = false;
    else this.start();
    this.changed();
  }
}
