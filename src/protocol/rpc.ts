import { CodedError, InputError, codeOf, messageOf, type ErrorCode } from '../core/registry/problem';

/** One function that a side answers: its arguments, its value, and what it reports on the way. All must survive structured clone. */
export interface Call<Args extends readonly unknown[] = [], Value = void, Progress = never> {
  readonly args: Args;
  readonly value: Value;
  readonly progress: Progress;
}

/** Named functions that one side answers. */
export type Calls<T> = { readonly [K in keyof T]: Call<readonly unknown[], unknown, unknown> };

/** What a caller may say beside the arguments. */
export interface CallOptions<Progress = never> {
  /** Cancels the call. It then rejects with code "cancelled", or answers with what it has. */
  readonly signal?: AbortSignal | undefined;
  /** Gets how far the call is. */
  readonly onProgress?: ((value: Progress) => void) | undefined;
}

/** What a handler gets beside the arguments. */
export interface CallContext<Progress = never> {
  /** Is aborted when the caller cancels. */
  readonly signal: AbortSignal;
  /** Reports how far the call is. */
  readonly progress: (value: Progress) => void;
}

/** What makes calls: a link, or the room that answers them itself. */
export interface Caller<T extends Calls<T>> {
  readonly call: <K extends keyof T & string>(
    name: K,
    args: T[K]['args'],
    options?: CallOptions<T[K]['progress']>,
  ) => Promise<T[K]['value']>;
}

/** A side's implementation: each call may answer at once or later. */
export type Handlers<T extends Calls<T>> = {
  readonly [K in keyof T]: (
    args: T[K]['args'],
    context: CallContext<T[K]['progress']>,
  ) => T[K]['value'] | Promise<T[K]['value']>;
};

/** Asks the other side for the answer of one of its functions. */
export interface CallMessage {
  readonly type: 'call';
  readonly id: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

/** The value of a call. */
export interface AnswerMessage {
  readonly type: 'answer';
  readonly id: number;
  readonly value: unknown;
}

/** Why a call has no value. */
export interface ErrorMessage {
  readonly type: 'error';
  readonly id: number;
  readonly code: ErrorCode;
  readonly message: string;
}

/** How far a call is. */
export interface ProgressMessage {
  readonly type: 'progress';
  readonly id: number;
  readonly value: unknown;
}

/** Asks the other side to end a call. */
export interface CancelMessage {
  readonly type: 'cancel';
  readonly id: number;
}

/** What crosses a link; `id` is that of the call. */
export type Message = CallMessage | AnswerMessage | ErrorMessage | ProgressMessage | CancelMessage;

/** A call that waits for its answer. */
interface OpenCall {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((value: never) => void) | undefined;
}

/**
 * One end of a link between two rooms (page and host, host and trainer): answers Local's calls, makes Remote's. An error
 * in a handler reaches the caller with its message and its code. A closed end rejects what is open, with code "closed".
 */
export class Link<Local extends Calls<Local>, Remote extends Calls<Remote>> implements Caller<Remote> {
  private readonly open = new Map<number, OpenCall>();
  private readonly running = new Map<number, AbortController>();
  /** Begins anywhere: a page that was reloaded must not take the answers to the calls of the page before it. */
  private next = Math.floor(Math.random() * 2 ** 48);

  constructor(
    private readonly post: (message: Message) => void,
    private readonly handlers: Handlers<Local>,
  ) {}

  /** Calls a function of the other side. */
  call<K extends keyof Remote & string>(
    name: K,
    args: Remote[K]['args'],
    { signal, onProgress }: CallOptions<Remote[K]['progress']> = {},
  ): Promise<Remote[K]['value']> {
    if (signal?.aborted) return Promise.reject(new CodedError('cancelled', 'the call was cancelled'));
    const id = this.next++;
    const cancel = () => this.post({ type: 'cancel', id });
    const answer = new Promise<Remote[K]['value']>((resolve, reject) => {
      this.open.set(id, { resolve, reject, onProgress });
      this.post({ type: 'call', id, name, args: withoutTail(args) });
      signal?.addEventListener('abort', cancel);
    });
    return answer.finally(() => {
      this.open.delete(id);
      signal?.removeEventListener('abort', cancel);
    });
  }

  /** Takes a message that arrived. */
  async receive(message: Message): Promise<void> {
    const waiting = this.open.get(message.id);
    switch (message.type) {
      case 'call':
        return this.answer(message);
      case 'answer':
        return waiting?.resolve(message.value);
      case 'error':
        return waiting?.reject(errorOf(message));
      case 'progress':
        return waiting?.onProgress?.(message.value as never);
      case 'cancel':
        return this.running.get(message.id)?.abort();
    }
  }

  /** Rejects every call still open. What the other side called goes on. */
  close(reason: string): void {
    for (const { reject } of this.open.values()) reject(new CodedError('closed', reason));
    this.open.clear();
  }

  private async answer({ id, name, args }: CallMessage): Promise<void> {
    const controller = new AbortController();
    this.running.set(id, controller);
    const progress = (value: unknown) => {
      if (this.running.has(id)) this.post({ type: 'progress', id, value });
    };
    try {
      const handler = this.handlers[name as keyof Local];
      const value = await handler(args, { signal: controller.signal, progress });
      this.running.delete(id);
      this.post({ type: 'answer', id, value });
    } catch (error) {
      this.running.delete(id);
      this.post({ type: 'error', id, code: codeOf(error), message: messageOf(error) });
    }
  }
}

/** Arguments without those at the end that are left out: a message to a page or from it would make null of them. */
function withoutTail(args: readonly unknown[]): readonly unknown[] {
  const last = args.findLastIndex((value) => value !== undefined);
  return args.slice(0, last + 1);
}

const errorOf = ({ code, message }: ErrorMessage): Error =>
  code === 'input' ? new InputError(message) : new CodedError(code, message);

/** Makes calls in the room that answers them. */
export const localCaller = <T extends Calls<T>>(handlers: Handlers<T>): Caller<T> => ({
  call: async (name, args, options = {}) => handlers[name](args, contextOf(options)),
});

/** The context of a call that is made in the room that answers it. */
export const contextOf = <Progress>({ signal, onProgress }: CallOptions<Progress>): CallContext<Progress> => ({
  signal: signal ?? new AbortController().signal,
  progress: (value) => onProgress?.(value),
});

/** The options that pass a call on to another room. A cancel goes there, and progress comes back from there. */
export const passOn = <Progress>({ signal, progress }: CallContext<Progress>): CallOptions<Progress> => ({
  signal,
  onProgress: progress,
});
