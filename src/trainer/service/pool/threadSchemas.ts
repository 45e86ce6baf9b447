import { MessagePort } from 'node:worker_threads';
import * as z from 'zod';
import { id, runRecord, trainingProgress } from '../../../protocol/resultSchemas';
import type { CallSchemas } from '../../../protocol/rpc';
import type { StepWeights } from '../../training/weightsRequests';
import { count, having, nothing, text } from '../../../protocol/schema';
import { trainTask } from '../../../protocol/trainerSchemas';
import type { TrainingThreadCalls, TrainingThreadEvents } from './threadCalls';

const port = z.instanceof(MessagePort);

/** What a pool may send to a training thread, and the thread answer. */
export const threadSchemas: CallSchemas<TrainingThreadCalls> = {
  train: { args: z.tuple([trainTask]), value: runRecord },
  stop: { args: z.tuple([text().optional()]), value: nothing },
  weights: { args: z.tuple([]), value: having<StepWeights>({ step: count(1e12) }).optional() },
  help: { args: z.tuple([trainTask, port]), value: nothing },
  join: { args: z.tuple([id, port]), value: nothing },
  dismiss: { args: z.tuple([id]), value: nothing },
};

/** What a training thread may send to its pool. */
export const threadEventSchemas: CallSchemas<TrainingThreadEvents> = {
  started: { args: z.tuple([runRecord]), value: nothing },
  trained: { args: z.tuple([trainingProgress]), value: nothing },
  want: { args: z.tuple([count()]), value: nothing },
};
