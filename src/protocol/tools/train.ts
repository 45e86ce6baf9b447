import * as z from 'zod';
import { trainedByTool } from '../outputs/train';
import { experimentFile, file, set } from './inputs';
import { defineTool, option, positionals, setOption } from './tool';

/** A training, kept as a run. */
export const train = defineTool({
  name: 'train',
  title: 'Train a model',
  description:
    'Trains the model of an experiment (NoProp-CT, DT, FM or backpropagation), once or with several seeds, and keeps each ' +
    'run as a folder. It may take minutes. Answers accuracy, loss and the folder of each run. Cancelling stops it and keeps what there is.',
  input: z.strictObject({
    file: experimentFile,
    seed: z.int().min(0).optional().describe('The seed; that of the experiment where left out'),
    seeds: z.int().min(1).max(1000).optional().describe('How many seeds, from that one on'),
    set,
    out: file('The folder in which runs are kept').optional(),
  }),
  output: trainedByTool,
  files: { file: 'read', out: 'write' },
  trains: true,
  args: ({ file: experiment, seed, seeds, set: settings, out }, { runs }) => [
    'train',
    '--json',
    ...option('seed', seed),
    ...option('seeds', seeds),
    ...setOption(settings),
    ...option('out', out ?? runs),
    ...positionals(experiment),
  ],
});
