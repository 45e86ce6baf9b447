import * as z from 'zod';
import { FileRefusedError } from '../core/files/filePlaces';
import { CodedError, InputError, pathText, type ErrorCode } from '../core/registry/problem';

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
  readonly value?: unknown;
}

/** Why a call has no value. */
export interface ErrorMessage {
  readonly type: 'error';
  readonly id: number;
  readonly code: ErrorCode;
  readonly message: string;
  /** Of a file that was not read: its path, and where that leads. */
  readonly refused?: { readonly file: string; readonly named: string } | undefined;
}

/** How far a call is. */
export interface ProgressMessage {
  readonly type: 'progress';
  readonly id: number;
  readonly value?: unknown;
}

/** Asks the other side to end a call. */
export interface CancelMessage {
  readonly type: 'cancel';
  readonly id: number;
}

/** What crosses a link; `id` is that of the call. */
export type Message = CallMessage | AnswerMessage | ErrorMessage | ProgressMessage | CancelMessage;

const id = z.int();

const codes: Readonly<Record<ErrorCode, true>> = {
  input: true,
  cancelled: true,
  'left-queue': true,
  memory: true,
  closed: true,
  untrusted: true,
  outside: true,
  internal: true,
};

// A value that is undefined is left out where messages are JSON.
const schema: z.ZodType<Message> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('call'),
    id,
    name: z.string().max(100),
    args: z.array(z.unknown()).max(16),
  }),
  z.object({ type: z.literal('answer'), id, value: z.unknown().optional() }),
  z.object({
    type: z.literal('error'),
    id,
    code: z.enum(Object.keys(codes) as [ErrorCode, ...ErrorCode[]]),
    message: z.string(),
    refused: z.object({ file: z.string(), named: z.string() }).optional(),
  }),
  z.object({ type: z.literal('progress'), id, value: z.unknown().optional() }),
  z.object({ type: z.literal('cancel'), id }),
]);

/** What arrived, where it is a message. */
export function messageOrNone(arrived: unknown): Message | undefined {
  const checked = schema.safeParse(arrived);
  return checked.success ? checked.data : undefined;
}

/** The answer to what is no message, where it has the id of a call. */
export function refusedCall(arrived: unknown): ErrorMessage | undefined {
  const call = z.looseObject({ type: z.literal('call'), id }).safeParse(arrived);
  return call.success ? { type: 'error', id: call.data.id, code: 'internal', message: refusal(arrived) } : undefined;
}

/** Why what arrived is no message. */
export function refusal(arrived: unknown): string {
  const { error } = schema.safeParse(arrived);
  return `a message was refused: ${error ? whyNot(error) : 'it is none'}`;
}

/** The first thing that a schema found wrong, with its place. */
export function whyNot({ issues }: z.ZodError): string {
  const [issue] = issues;
  if (!issue) return 'it is not what was asked for';
  const place = pathText(issue.path.map((part) => (typeof part === 'number' ? part : String(part).slice(0, 100))));
  return `${place || 'the whole'}: ${issue.message.slice(0, 300)}`;
}

/** Arguments without those at the end that are left out: a message to a page or from it would make null of them. */
export function withoutTail(args: readonly unknown[]): readonly unknown[] {
  const last = args.findLastIndex((value) => value !== undefined);
  return args.slice(0, last + 1);
}

/** The error that a message tells of. */
export function errorOf({ code, message, refused }: ErrorMessage): Error {
  if (refused && (code === 'untrusted' || code === 'outside'))
    return new FileRefusedError(code, refused.file, refused.named, message);
  return code === 'input' ? new InputError(message) : new CodedError(code, message);
}
