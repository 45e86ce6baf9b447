import { parentPort, workerData } from 'node:worker_threads';
import { Link, type Message } from '../protocol/rpc';
import type { TrainerCalls, TrainerEvents } from '../protocol/trainer';
import { Desk } from './desk';

/** The trainer's thread. Started with `workerData`: the folder of the kernels, and whether to use relaxed SIMD. */
const port = parentPort;
if (!port) throw new Error('the trainer runs as a worker thread');
const { kernels, relaxed } = workerData as { kernels: string; relaxed: boolean };

const link: Link<TrainerCalls, TrainerEvents> = new Link<TrainerCalls, TrainerEvents>(
  (message) => port.postMessage(message, buffersIn(message)),
  new Desk(kernels, {
    relaxed,
    onStarted: (record) => void link.call('started', record),
    onProgress: (progress) => void link.call('progress', progress),
    onComparing: (share) => void link.call('comparing', share),
    onPicturing: (share) => void link.call('picturing', share),
    onEvaluating: (share) => void link.call('evaluating', share),
  }).calls,
);
port.on('message', (message: Message) => void link.receive(message));

/** The buffers of every typed array in a message: transferred, not copied, for what is sent is not kept. */
function buffersIn(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) found.add(value.buffer as ArrayBuffer);
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) buffersIn(part, found);
  return [...found];
}
