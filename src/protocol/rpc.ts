import type * as z from 'zod';
import { FileRefusedError } from '../core/files/filePlaces';
import { CodedError, codeOf, messageOf, type ErrorCode } from '../core/registry/problem';
import { errorOf, messageOrNone, refusal, refusedCall, whyNot, withoutTail } from './messages';
import type { CallMessage, CancelMessage, Message } from './messages';

export type { Message } from './messages';

/** One function that a side answers: its arguments, its value, and what it reports on the way. All must survive structured clone. */
export interface Call<Args extends readonly unknown[] = [], Value = void, Progress = never> {
  readonly args: Args;
  readonly value: Value;
  readonly progress: Progress;
}

/** Named functions that one side answers. */
export type Calls<T> = { readonly [K in keyof T]: Call<readonly unknown[], unknown, unknown> };

/** What the messages of one call must be: checked where they arrive. */
export type CallSchema<C extends Call<readonly unknown[], unknown, unknown>> = {
  readonly args: z.ZodType<C['args']>;
  readonly value: z.ZodType<C['value']>;
} & ([C['progress']] extends [never] ? unknown : { readonly progress: z.ZodType<C['progress']> });

/** The schema of every call of a side. A call without one, or with another type, does not compile. */
export type CallSchemas<T extends Calls<T>> = { readonly [K in keyof T]: CallSchema<T[K]> };

/** What may arrive at an end of a link, and who hears of what is refused. */
export interface Checks<Local extends Calls<Local>, Remote extends Calls<Remote>> {
  /** What the other side may call. */
  readonly local: CallSchemas<Local>;
  /** What the other side may answer. */
  readonly remote: CallSchemas<Remote>;
  /** Gets a sentence on each message that was refused. */
  readonly onRefused: (why: string) => void;
}

/** The schemas of a call by its name, whichever it is. */
interface AnySchema {
  readonly args: z.ZodType<readonly unknown[]>;
  readonly value: z.ZodType;
  readonly progress?: z.ZodType;
}

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

/** A call that waits for its answer. */
interface OpenCall {
  readonly name: string;
  readonly schema: AnySchema;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((value: never) => void) | undefined;
}

/**
 * One end of a link between two rooms (page and host, host and trainer): answers Local's calls, makes Remote's. An error
 * in a handler reaches the caller with its message and its code. A closed end rejects what is open, with code "closed". Each
 * message is checked where it arrives: what no schema allows is refused, and either its caller or `onRefused` hears of it.
 */
export class Link<Local extends Calls<Local>, Remote extends Calls<Remote>> implements Caller<Remote> {
  private readonly open = new Map<number, OpenCall>();
  private readonly running = new Map<number, AbortController>();
  /** Why it was closed. */
  private closed: CodedError | undefined;
  /** Begins anywhere: a page that was reloaded must not take the answers to the calls of the page before it. */
  private next = Math.floor(Math.random() * 2 ** 48);

  /** `post` may answer whether the message was delivered: a call that was not is rejected. */
  constructor(
    private readonly post: (message: Message) => void | PromiseLike<boolean>,
    private readonly handlers: Handlers<Local>,
    private readonly checks: Checks<Local, Remote>,
  ) {}

  /** Calls a function of the other side. On a closed end it rejects at once. */
  call<K extends keyof Remote & string>(
    name: K,
    args: Remote[K]['args'],
    { signal, onProgress }: CallOptions<Remote[K]['progress']> = {},
  ): Promise<Remote[K]['value']> {
    if (signal?.aborted) return Promise.reject(new CodedError('cancelled', 'the call was cancelled'));
    if (this.closed) return Promise.reject(this.closed);
    const id = this.next++;
    const cancel = () => void this.post({ type: 'cancel', id });
    const answer = new Promise<Remote[K]['value']>((resolve, reject) => {
      const schema = this.checks.remote[name] as unknown as AnySchema;
      this.open.set(id, { name, schema, resolve, reject, onProgress });
      const lost = () => reject(new CodedError('closed', 'the message was not delivered'));
      const posted = this.post({ type: 'call', id, name, args: withoutTail(args) });
      Promise.resolve(posted).then((delivered) => void (delivered === false && lost()), lost);
      signal?.addEventListener('abort', cancel);
    });
    return answer.finally(() => {
      this.open.delete(id);
      signal?.removeEventListener('abort', cancel);
    });
  }

  /** Calls a function whose answer nobody needs. A side that is gone does not hear it. */
  tell<K extends keyof Remote & string>(name: K, args: Remote[K]['args']): void {
    this.call(name, args).catch(() => undefined);
  }

  /** Takes a message that arrived, whatever it is. Never rejects. */
  async receive(arrived: unknown): Promise<void> {
    try {
      const message = messageOrNone(arrived);
      if (message?.type === 'call') await this.answer(message);
      else if (message?.type === 'cancel') this.running.get(message.id)?.abort();
      else if (message) this.take(message);
      else this.refuse(arrived);
    } catch (error) {
      this.checks.onRefused(`a message could not be answered: ${messageOf(error)}`);
    }
  }

  /** Takes what the other side says of an open call. An earlier page's calls are not open here. */
  private take(message: Exclude<Message, CallMessage | CancelMessage>): void {
    const { id, type } = message;
    const waiting = this.open.get(id);
    if (!waiting) return this.checks.onRefused(`"${type}" for a call that is not open`);
    if (message.type === 'error') return waiting.reject(errorOf(message));
    const { name, schema } = waiting;
    const checked = (type === 'answer' ? schema.value : schema.progress)?.safeParse(message.value);
    if (checked?.success) {
      if (type === 'answer') waiting.resolve(checked.data);
      else waiting.onProgress?.(checked.data as never);
      return;
    }
    const why = `the ${type} of ${name} was refused: ${checked ? whyNot(checked.error) : 'it has none'}`;
    if (type === 'answer') waiting.reject(new CodedError('internal', why));
    this.checks.onRefused(why);
  }

  /** Answers what is no message but names a call, and tells of the rest. */
  private refuse(arrived: unknown): void {
    const call = refusedCall(arrived);
    if (call) this.send(call);
    this.checks.onRefused(refusal(arrived));
  }

  /** How many calls wait for their answer. */
  get pending(): number {
    return this.open.size;
  }

  /** Rejects every call still open: the other side was made anew, and answers none of them. */
  reset(reason: string, code: ErrorCode = 'closed'): void {
    for (const { reject } of this.open.values()) reject(new CodedError(code, reason));
    this.open.clear();
  }

  /** Rejects every call still open, and every later one. What the other side called goes on, without an answer. */
  close(reason: string, code: ErrorCode = 'closed'): void {
    this.closed ??= new CodedError(code, reason);
    this.reset(reason, code);
  }

  private async answer({ id, name, args }: CallMessage): Promise<void> {
    if (this.running.has(id)) return this.checks.onRefused(`the call ${name} came twice under one id`);
    const controller = new AbortController();
    const progress = (value: unknown) => {
      if (this.running.has(id)) this.send({ type: 'progress', id, value });
    };
    this.running.set(id, controller);
    try {
      const checked = this.checkedArgs(name, args);
      const handler = this.handlers[name as keyof Local];
      const value = await handler(checked, { signal: controller.signal, progress });
      this.running.delete(id);
      this.send({ type: 'answer', id, value });
    } catch (error) {
      this.running.delete(id);
      const refused = error instanceof FileRefusedError ? { file: error.file, named: error.named } : undefined;
      this.send({ type: 'error', id, code: codeOf(error), message: messageOf(error), refused });
    }
  }

  /** A call's arguments by its schema; an error where there is no such call, or it does not take these. */
  private checkedArgs(name: string, args: readonly unknown[]): Local[keyof Local]['args'] {
    const { local } = this.checks;
    if (!Object.hasOwn(local, name)) throw new Error(`there is no call ${JSON.stringify(name)}`);
    const checked = local[name as keyof Local].args.safeParse(args);
    if (checked.success) return checked.data;
    throw new Error(`the call ${name} was refused: ${whyNot(checked.error)}`);
  }

  /** Posts an answer or a progress, unless nobody is there for it. */
  private send(message: Message): void {
    if (!this.closed) Promise.resolve(this.post(message)).catch(() => undefined);
  }
}

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
