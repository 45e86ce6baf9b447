import type { MessagePort } from 'node:worker_threads';
import type { RunRecord, TrainTask } from '../../../core/runs/record';
import type { StepWeights } from '../../training/weightsRequests';
import type { ModelLineEnds } from '../../ownModel/modelMessages';
import type { TrainingProgress } from '../../../protocol/progress';
import type { Call } from '../../../protocol/rpc';

/** What a thread of the trainer gets when it starts. */
export interface ThreadData {
  /** A service thread answers the host and starts the others. */
  readonly role: 'service' | 'training' | 'model';
  /** The folder of tfjs-backend-wasm*.wasm and kernels*.wasm. */
  readonly kernels: string;
  readonly relaxed: boolean;
  /** How many training threads a service thread starts; 0 for one less than the cores, at least 1. */
  readonly workers?: number | undefined;
  /** Of a thread that computes with a model in Python: the line to it. */
  readonly line?: ModelLineEnds | undefined;
}

/** What a pool may ask of a training thread. */
export interface TrainingThreadCalls {
  /** Trains to the end, one task at a time. Answers the run's record however it ended. */
  train: Call<[task: TrainTask], RunRecord>;
  /** Stops the training. Its `train` then answers; with a reason, the run is "interrupted" by it. */
  stop: Call<[interruption?: string | undefined]>;
  /** The weights of the training after its next step; undefined where there is none, or no step. */
  weights: Call<[], StepWeights | undefined>;
  /** Trains blocks of a task for the thread at the other end of a port, until that is closed. */
  help: Call<[task: TrainTask, port: MessagePort]>;
  /** Takes the helper at the other end of a port into the training. */
  join: Call<[helper: string, port: MessagePort]>;
  /** Lets a helper go, soon. */
  dismiss: Call<[helper: string]>;
}

/** What a training thread reports meanwhile. */
export interface TrainingThreadEvents {
  started: Call<[record: RunRecord]>;
  trained: Call<[progress: TrainingProgress]>;
  /** How many other threads could help. */
  want: Call<[helpers: number]>;
}
