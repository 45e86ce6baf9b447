import { parentPort, workerData } from 'node:worker_threads';
import { Link, type Message } from '../../protocol/rpc';
import type { TrainerCalls, TrainerEvents } from '../../protocol/trainer';
import { Desk } from './trainerService';
import { serveJobs, type ThreadData } from './pool/trainingWorker';
import { post } from './pool/transfer';

/** A thread of the trainer: the desk that the host talks to, or one of the desk's job threads. */
const port = parentPort;
if (!port) throw new Error('the trainer runs as a worker thread');
const data = workerData as ThreadData;

if (data.role === 'job') serveJobs(port, data);
else {
  const link: Link<TrainerCalls, TrainerEvents> = new Link<TrainerCalls, TrainerEvents>(
    post(port),
    new Desk(data.kernels, {
      relaxed: data.relaxed,
      workers: data.workers,
      onStarted: (record) => void link.call('started', record),
      onProgress: (progress) => void link.call('progress', progress),
      onQueue: (jobs) => void link.call('queue', jobs),
      onComparing: (share) => void link.call('comparing', share),
      onConcluding: (share) => void link.call('concluding', share),
      onPicturing: (share) => void link.call('picturing', share),
      onEvaluating: (share) => void link.call('evaluating', share),
    }).calls,
  );
  port.on('message', (message: Message) => void link.receive(message));
}
