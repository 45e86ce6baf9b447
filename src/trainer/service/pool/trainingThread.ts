import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { isOutOfMemory } from '../../../core/registry/outOfMemory';
import { endText } from '../../../protocol/memoryText';
import { Link, type Caller, type Handlers } from '../../../protocol/rpc';
import { postPorts } from './transfer';
import { threadEventSchemas, threadSchemas } from './threadSchemas';
import type { TrainingThreadCalls, TrainingThreadEvents, ThreadData } from './threadCalls';

/** The pool's end of a thread that trains. A call rejects where the thread ends meanwhile. */
export interface TrainingThread extends Caller<TrainingThreadCalls> {
  /** Whether the process waits for the thread before it ends. */
  hold(wanted: boolean): void;
  /** Ends the thread and frees its heap. */
  end(): Promise<void>;
}

/** Starts a thread. `onEnd` is called once it has ended, by itself or not. */
export type StartThread = (events: Handlers<TrainingThreadEvents>, onEnd: () => void) => TrainingThread;

/** Starts threads of the trainer's bundle, which lies beside its kernels. */
export function startTrainingThreads(kernels: string, relaxed: boolean): StartThread {
  return (events, onEnd) => {
    const workerData: ThreadData = { role: 'training', kernels, relaxed };
    const worker = new Worker(path.join(kernels, 'trainer.js'), { workerData });
    const link = new Link<TrainingThreadEvents, TrainingThreadCalls>(postPorts(worker), events, {
      local: threadEventSchemas,
      remote: threadSchemas,
      onRefused: console.warn,
    });
    let why: Error | undefined;
    worker.on('message', (message: unknown) => void link.receive(message));
    worker.on('error', (error) => (why = error));
    // What it said is lost, and somebody waits for it.
    worker.on('messageerror', (error) => {
      why = error;
      void worker.terminate();
    });
    worker.on('exit', (code) => {
      onEnd();
      link.close(endText('its thread', code, why), isOutOfMemory(why) ? 'memory' : 'closed');
    });
    return {
      call: (name, args, options) => link.call(name, args, options),
      hold: (wanted) => (wanted ? worker.ref() : worker.unref()),
      end: async () => void (await worker.terminate()),
    };
  };
}
