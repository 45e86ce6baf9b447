import { isOutOfMemory } from '../../core/registry/outOfMemory';
import { CodedError, messageOf } from '../../core/registry/problem';
import { memoryText } from '../../protocol/memoryText';
import type { Handlers } from '../../protocol/rpc';
import type { TrainerCalls } from '../../protocol/trainerCalls';

/** Handlers that say, where memory is short, for what, and what to make smaller. Trainings say it themselves. */
export const sayWhatMemory = (handlers: Handlers<TrainerCalls>): Handlers<TrainerCalls> =>
  Object.fromEntries(
    Object.entries(handlers).map(([name, handle]) => [name, explained(name as keyof TrainerCalls, handle as Handle)]),
  ) as unknown as Handlers<TrainerCalls>;

type Handle = (args: unknown, context: unknown) => unknown;

const explained =
  (name: keyof TrainerCalls, handle: Handle): Handle =>
  async (args, context) => {
    try {
      return await handle(args, context);
    } catch (error) {
      if (name === 'train' || name === 'resume' || !isOutOfMemory(error)) throw error;
      throw new CodedError('memory', memoryText([name], messageOf(error)));
    }
  };
