import { MessagePort, type Worker } from 'node:worker_threads';
import type { Message } from '../../../protocol/rpc';

/** Sends a link's messages through a port: the buffers in them are transferred, not copied, for they are not kept. */
export const post = (port: MessagePort) => (message: Message) => port.postMessage(message, buffersIn(message));

/** Sends a link's messages to a thread: ports in them are handed over, numbers are copied. */
export const postPorts = (worker: Worker) => (message: Message) => worker.postMessage(message, portsIn(message));

function portsIn(message: Message): MessagePort[] {
  return message.type === 'call' ? message.args.filter((value) => value instanceof MessagePort) : [];
}

/** The buffers of every typed array in a value. */
function buffersIn(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) found.add(value.buffer as ArrayBuffer);
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) buffersIn(part, found);
  return [...found];
}
