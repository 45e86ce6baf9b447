import * as z from 'zod';
import type { TaskProgress } from './progress';
import { path, taskProgress } from './resultSchemas';
import type { Call, CallSchemas } from './rpc';
import { LONGEST, message, text } from './schema';
import type { ToolAnswer, ToolPlace } from './tools/tool';
import type { TrainerCalls } from './trainerCalls';
import { trainerSchemas } from './trainerSchemas';

/** What the host may ask of the trainer's thread for an agent. */
export interface ToolCalls {
  /** Runs a tool by its name. Rejects where its input is not what its schema allows. */
  tool: Call<[name: string, input: Readonly<Record<string, unknown>>, place: ToolPlace], ToolAnswer, TaskProgress>;
}

/** All that the thread answers. */
export interface TrainerThreadCalls extends TrainerCalls, ToolCalls {}

const values = z.record(z.string(), z.unknown());

/** What the host may send to the trainer's thread, and that answer. */
export const trainerThreadSchemas: CallSchemas<TrainerThreadCalls> = {
  ...trainerSchemas,
  tool: {
    args: z.tuple([text(100), values, message<ToolPlace>({ folder: path, runs: path })]),
    value: message<ToolAnswer>({ text: text(LONGEST), result: values.optional() }),
    progress: taskProgress,
  },
};
