import os from 'node:os';

/** A request of the system to end: of a person (Ctrl-C), of another program, or because the terminal is gone. */
export type EndSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGBREAK';

/** What asks a process to end. Windows sends SIGHUP where its console is closed and SIGBREAK for Ctrl-Break; SIGTERM is not sent there. */
const SIGNALS: readonly EndSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'];

/** Milliseconds in which the system tells of one lost terminal more than once: its shell does, and then the kernel. */
const ONE_HANGUP = 500;

/** The command was ended by a signal, after it kept what it had. Ctrl-C is no such end: the command goes on to its result. */
export class EndedBySignal extends Error {
  constructor(
    readonly signal: EndSignal,
    message: string,
  ) {
    super(message);
  }

  /** 128 and the signal's number, as shells have it. */
  get exitCode(): number {
    return 128 + (os.constants.signals[this.signal] ?? 0);
  }
}

/** A time in which signals stop work in place of ending the process, or a caller does. Dispose it. */
export class SignalWatch {
  /** The signal that came. */
  received: EndSignal | undefined;
  private readonly stopAt = (signal: NodeJS.Signals): void => this.stop(signal as EndSignal);
  private readonly cancelled = (): void => this.stop('SIGINT');
  private readonly ignore = (): void => undefined;
  private timer: NodeJS.Timeout | undefined;

  /**
   * `work` is called with the first signal. A second one ends the process at once. A caller that cancels counts as Ctrl-C;
   * the process' signals are then its own.
   */
  constructor(
    private readonly work: () => void,
    private readonly caller?: AbortSignal,
  ) {
    if (caller) caller.addEventListener('abort', this.cancelled);
    else for (const signal of SIGNALS) process.on(signal, this.stopAt);
  }

  /** An error where a signal asked the process to end, other than Ctrl-C. `what` says what was kept. */
  check(what: string): void {
    if (this.received !== undefined && this.received !== 'SIGINT')
      throw new EndedBySignal(this.received, `ended by ${this.received}: ${what}`);
  }

  private stop(signal: EndSignal): void {
    this.received = signal;
    this.release();
    if (signal === 'SIGHUP') {
      process.on(signal, this.ignore);
      this.timer = setTimeout(() => process.removeListener('SIGHUP', this.ignore), ONE_HANGUP);
    }
    this.work();
  }

  /** From now on signals end the process. */
  private release(): void {
    this.caller?.removeEventListener('abort', this.cancelled);
    for (const signal of SIGNALS) process.removeListener(signal, this.stopAt);
  }

  dispose(): void {
    this.release();
    clearTimeout(this.timer);
    process.removeListener('SIGHUP', this.ignore);
  }
}
