import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { mergeProgress, type TrainingProgress } from '../../protocol/progress';
import { Relay } from '../../protocol/relay';
import { NO_FILES } from '../../core/files/filePlaces';
import { Link, type Handlers } from '../../protocol/rpc';
import { trainerThreadSchemas, type ToolCalls, type TrainerThreadCalls } from '../../protocol/toolCalls';
import type { TrainerEvents } from '../../protocol/trainerCalls';
import { trainerEventSchemas } from '../../protocol/trainerSchemas';
import { serveOnnx } from '../ownModel/onnxSession';
import type { OnnxThreadData } from '../ownModel/onnxThread';
import type { ThreadData } from './pool/threadCalls';
import { serveTrainings } from './pool/trainingWorker';
import { serveModel } from './modelWorker';
import { TrainerService } from './trainerService';
import { post } from './pool/transfer';

/** What answers the calls of tools, with the service of this thread. */
export type ServeTools = (service: TrainerService, kernels: string) => Handlers<ToolCalls>;

/** A thread of the trainer: the service that the host talks to, or one of its threads. */
export function serve(tools: ServeTools): void {
  const port = parentPort;
  if (!port) throw new Error('the trainer runs as a worker thread');
  const data = workerData as ThreadData | OnnxThreadData;
  if (data.role === 'training') serveTrainings(port, data);
  else if (data.role === 'model') serveModel(port, data);
  else if (data.role === 'onnx') void serveOnnx(port, data.model);
  else serveHost(port, data, tools);
}

function serveHost(port: MessagePort, { kernels, relaxed, workers }: ThreadData, tools: ServeTools): void {
  const service = new TrainerService(kernels, {
    relaxed,
    workers,
    files: NO_FILES,
    watched: true,
    onStarted: (record) => link.tell('started', [record]),
    onProgress: (progress) => trained.push(progress.id, progress),
    onPrint: (line) => link.tell('printed', [line]),
    onQueue: (jobs) => link.tell('queue', [jobs]),
  });
  const trained = new Relay((progress: TrainingProgress) => link.call('trained', [progress]), mergeProgress);
  const handlers = { ...service.handlers, ...tools(service, kernels) };
  const link = new Link<TrainerThreadCalls, TrainerEvents>(post(port), handlers, {
    local: trainerThreadSchemas,
    remote: trainerEventSchemas,
    onRefused: console.warn,
  });
  port.on('message', (message: unknown) => void link.receive(message));
}
