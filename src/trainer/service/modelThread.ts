import path from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { FileRule } from '../../core/files/filePlaces';
import { CodedError } from '../../core/registry/problem';
import { endText } from '../../protocol/memoryText';
import { Link, type CallContext } from '../../protocol/rpc';
import type { TrainerCalls } from '../../protocol/trainerCalls';
import { trainerSchemas } from '../../protocol/trainerSchemas';
import { answerLine } from '../ownModel/modelLine';
import { ModelProcesses } from '../ownModel/modelProcesses';
import type { ThreadData } from './pool/threadCalls';

/** The calls that may need the reader's model. */
export type ModelCall = 'dynamics' | 'compare' | 'comparedPaths';

export interface ModelThreadOptions {
  /** The folder of trainer.js and ownModel.py. */
  readonly kernels: string;
  /** The interpreter that the reader chose; undefined for that of the system. */
  readonly python: () => string | undefined;
  /** Gets each line that the reader's file prints. */
  readonly onPrint: (line: string) => void;
}

/** The thread that computes with the reader's model, and its end of the link. */
interface Computing {
  readonly worker: Worker;
  readonly link: Link<object, TrainerCalls>;
}

/**
 * Computes with the reader's model, one call after the other. u is a function that must answer at once, so the
 * work is done in a thread of its own, which may wait; this one talks to the process meanwhile, and can end it.
 */
export class ModelThread {
  private computing: Computing | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private readonly models: ModelProcesses;

  constructor(private readonly options: ModelThreadOptions) {
    const { kernels, python, onPrint } = options;
    const script = path.join(kernels, 'ownModel.py');
    const trainer = path.join(kernels, 'trainer.js');
    this.models = new ModelProcesses(() => ({ script, trainer, python: python(), onPrint }));
  }

  /** Answers a call of the trainer as its service does. */
  run<K extends ModelCall>(
    name: K,
    args: TrainerCalls[K]['args'],
    files: FileRule,
    context: CallContext<TrainerCalls[K]['progress']>,
  ): Promise<TrainerCalls[K]['value']> {
    const work = this.last.then(() => this.runNow(name, args, files, context));
    this.last = work.catch(() => undefined);
    return work;
  }

  private async runNow<K extends ModelCall>(
    name: K,
    args: TrainerCalls[K]['args'],
    files: FileRule,
    { signal, progress }: CallContext<TrainerCalls[K]['progress']>,
  ): Promise<TrainerCalls[K]['value']> {
    if (signal.aborted) throw new CodedError('cancelled', 'the computation was cancelled');
    const { worker, link } = (this.computing ??= this.start());
    const cancel = () => this.models.cancel();
    worker.ref();
    this.models.begin();
    signal.addEventListener('abort', cancel);
    try {
      await link.call('allowFiles', [files]);
      return await link.call(name, args, { signal, onProgress: progress });
    } finally {
      signal.removeEventListener('abort', cancel);
      worker.unref();
      this.models.pause();
    }
  }

  private start(): Computing {
    const channel = new MessageChannel();
    const flag = new Int32Array(new SharedArrayBuffer(4));
    answerLine({ port: channel.port1, flag }, (question) => this.models.answer(question));
    channel.port1.unref();
    const workerData: ThreadData = { role: 'model', kernels: this.options.kernels, relaxed: false, line: { port: channel.port2, flag } }; // prettier-ignore
    const worker = new Worker(path.join(this.options.kernels, 'trainer.js'), {
      workerData,
      transferList: [channel.port2],
    });
    const link = new Link<object, TrainerCalls>(
      (message) => worker.postMessage(message),
      {},
      { local: {}, remote: trainerSchemas, onRefused: console.warn },
    );
    let why: Error | undefined;
    worker.on('message', (message: unknown) => void link.receive(message));
    worker.on('error', (error) => (why = error));
    worker.on('exit', (code) => {
      this.computing = undefined;
      this.models.end();
      channel.port1.close();
      link.close(endText('the thread that computes with your model', code, why), 'closed');
    });
    return { worker, link };
  }
}
