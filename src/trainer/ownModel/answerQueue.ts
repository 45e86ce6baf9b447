import { ModelError } from './modelMessages';

/** The answers of another program or thread, in order, until it ends. */
export class AnswerQueue<T> {
  /** Why there will be no more answers. */
  ended: ModelError | undefined;
  private readonly answers: T[] = [];
  private wake = () => undefined as void;

  push(...answers: readonly T[]): void {
    this.answers.push(...answers);
    this.wake();
  }

  /** Says that there will be no more answers, and why; the first reason stays, and is answered. */
  end(message: string): ModelError {
    this.ended ??= new ModelError(message);
    this.wake();
    return this.ended;
  }

  /** The next answer. Calls `late` after so many seconds without one; a ModelError where there will be none. */
  async next(seconds: number, late: () => void): Promise<T> {
    const timer = setTimeout(late, 1000 * seconds);
    try {
      while (!this.answers.length && !this.ended) await new Promise<void>((resolve) => (this.wake = resolve));
    } finally {
      clearTimeout(timer);
    }
    const answer = this.answers.shift();
    if (answer === undefined) throw this.ended!;
    return answer;
  }
}

/** What is said of a model that did not do something in time. */
export const lateText = (name: string, what: string, seconds: number): string =>
  `${name} did not ${what} within ${seconds} s: make it faster, or raise denoiser.timeout`;
