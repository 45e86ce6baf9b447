import { parentPort, workerData } from 'node:worker_threads';
import { mergeProgress, type TrainingProgress } from '../../protocol/progress';
import { Relay } from '../../protocol/relay';
import { NO_FILES } from '../../core/files/filePlaces';
import { Link } from '../../protocol/rpc';
import type { TrainerCalls, TrainerEvents } from '../../protocol/trainerCalls';
import { trainerEventSchemas, trainerSchemas } from '../../protocol/trainerSchemas';
import type { ThreadData } from './pool/threadCalls';
import { serveTrainings } from './pool/trainingWorker';
import { serveModel } from './modelWorker';
import { TrainerService } from './trainerService';
import { post } from './pool/transfer';

/** A thread of the trainer: the service that the host talks to, or one of its threads. */
const port = parentPort;
if (!port) throw new Error('the trainer runs as a worker thread');
const data = workerData as ThreadData;

if (data.role === 'training') serveTrainings(port, data);
else if (data.role === 'model') serveModel(port, data);
else {
  const service = new TrainerService(data.kernels, {
    relaxed: data.relaxed,
    workers: data.workers,
    files: NO_FILES,
    watched: true,
    onStarted: (record) => link.tell('started', [record]),
    onProgress: (progress) => trained.push(progress.id, progress),
    onPrint: (line) => link.tell('printed', [line]),
    onQueue: (jobs) => link.tell('queue', [jobs]),
  });
  const trained = new Relay((progress: TrainingProgress) => link.call('trained', [progress]), mergeProgress);
  const link = new Link<TrainerCalls, TrainerEvents>(post(port), service.handlers, {
    local: trainerSchemas,
    remote: trainerEventSchemas,
    onRefused: console.warn,
  });
  port.on('message', (message: unknown) => void link.receive(message));
}
