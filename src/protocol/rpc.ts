import { InputError } from '../core/registry/problem';

/** Named functions that one side answers; arguments and results must survive structured clone. */
export type Calls<T> = { [K in keyof T]: (...args: never[]) => unknown };

/** A side's implementation: each call may answer at once or later. */
export type Handlers<T extends Calls<T>> = {
  [K in keyof T]: (...args: Parameters<T[K]>) => ReturnType<T[K]> | Promise<ReturnType<T[K]>>;
};

/** What crosses a link. */
export type Message =
  | { readonly call: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly answer: number; readonly value?: unknown; readonly error?: string; readonly input?: boolean };

/**
 * One end of a link between two rooms (page and host, host and trainer): answers Local's calls, makes Remote's.
 * An error in a handler reaches the caller as an Error with the same message, an InputError as one; a closed end rejects
 * what is open.
 */
export class Link<Local extends Calls<Local>, Remote extends Calls<Remote>> {
  private readonly open = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  private next = 0;

  constructor(
    private readonly post: (message: Message) => void,
    private readonly handlers: Handlers<Local>,
  ) {}

  /** Calls a function of the other side. */
  call<K extends keyof Remote & string>(name: K, ...args: Parameters<Remote[K]>): Promise<ReturnType<Remote[K]>> {
    const call = this.next++;
    return new Promise((resolve, reject) => {
      this.open.set(call, { resolve: (value) => resolve(value as ReturnType<Remote[K]>), reject });
      this.post({ call, name, args });
    });
  }

  /** Takes a message that arrived. */
  async receive(message: Message): Promise<void> {
    if ('answer' in message) {
      const waiting = this.open.get(message.answer);
      this.open.delete(message.answer);
      if (message.error === undefined) waiting?.resolve(message.value);
      else waiting?.reject(message.input ? new InputError(message.error) : new Error(message.error));
      return;
    }
    const { call: answer, name, args } = message;
    try {
      const handler = this.handlers[name as keyof Local] as (...args: readonly unknown[]) => unknown;
      this.post({ answer, value: await handler(...args) });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.post({ answer, error: text, input: error instanceof InputError });
    }
  }

  /** Rejects every call still open. */
  close(reason: string): void {
    for (const { reject } of this.open.values()) reject(new Error(reason));
    this.open.clear();
  }
}
