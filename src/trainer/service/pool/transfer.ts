import { MessagePort, type Worker } from 'node:worker_threads';
import type { Message } from '../../../protocol/rpc';

/** Posts a link's messages to a port. Their buffers are transferred without a copy, so the sender must not keep them. */
export const post = (port: MessagePort) => (message: Message) => port.postMessage(message, buffersIn(message));

/** Posts a link's messages to a thread. Their ports are transferred, numbers are copied. */
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
