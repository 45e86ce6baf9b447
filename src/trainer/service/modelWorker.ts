import type { MessagePort } from 'node:worker_threads';
import { NO_FILES } from '../../core/files/filePlaces';
import { Link } from '../../protocol/rpc';
import type { TrainerCalls } from '../../protocol/trainerCalls';
import { trainerSchemas } from '../../protocol/trainerSchemas';
import { ModelLine } from '../ownModel/modelLine';
import type { ThreadData } from './pool/threadCalls';
import { post } from './pool/transfer';
import { TrainerService } from './trainerService';

/** Answers the calls of a thread that computes with the reader's model in Python. */
export function serveModel(port: MessagePort, { kernels, line }: ThreadData): void {
  const service = new TrainerService(kernels, { files: NO_FILES, line: new ModelLine(line!) });
  const link = new Link<TrainerCalls, object>(post(port), service.handlers, {
    local: trainerSchemas,
    remote: {},
    onRefused: console.warn,
  });
  port.on('message', (message: unknown) => void link.receive(message));
}
