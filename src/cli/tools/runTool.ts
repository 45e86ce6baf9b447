import path from 'node:path';
import { isNetworkPath } from '../../core/files/filePlaces';
import { CodedError } from '../../core/registry/problem';
import type { TaskProgress } from '../../protocol/progress';
import type { CallContext } from '../../protocol/rpc';
import { readInput, toolOf } from '../../protocol/tools/toolCall';
import type { ToolAnswer, ToolPlace } from '../../protocol/tools/tool';
import type { TrainerService } from '../../trainer/service/trainerService';
import { commandOf } from './commandOf';

/** What tools work with: the folder of the kernels, and a trainer that they share. */
export interface ToolRoom {
  readonly kernels: string;
  readonly trainer: () => Promise<TrainerService>;
}

/**
 * Runs a tool by the command that has its name. Nobody is there to be asked: a file that exists is refused unless the
 * input has `force`. An InputError says what is wrong with the input.
 */
export async function runTool(
  name: string,
  given: unknown,
  place: ToolPlace,
  { signal, progress }: CallContext<TaskProgress>,
  room: ToolRoom,
): Promise<ToolAnswer> {
  const tool = toolOf(name);
  const input = readInput(tool, given, (file) => (isNetworkPath(file) ? file : path.resolve(place.folder, file)));
  if (signal.aborted) throw new CodedError('cancelled', 'it was cancelled before it began');
  const printed: string[] = [];
  const warned: string[] = [];
  const [, ...args] = tool.args(input, place);
  await commandOf(name).run(args, {
    print: (text) => void printed.push(text),
    warn: (text) => void warned.push(text),
    showsProgress: false,
    onProgress: progress,
    signal,
    ...room,
  });
  const text = printed.join('');
  const result = tool.output && (JSON.parse(text) as Readonly<Record<string, unknown>>);
  // what was warned of is in a result already
  return { text: result ? text : `${text}${warned.join('')}` || writtenText(tool.name), result };
}

const writtenText = (name: string) => `${name}: done\n`;
