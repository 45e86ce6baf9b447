import * as z from 'zod';
import { importFormats } from '../../core/imports';
import { importOutput } from '../outputs/import';
import { file, force, out } from './inputs';
import { defineTool, option, positionals } from './tool';

/** A file of another program as an experiment. */
export const importTool = defineTool({
  name: 'import',
  title: 'Import a scheduler',
  description:
    'Reads the noise schedule of another program (diffusers scheduler_config.json, k-diffusion, lists of sigmas, betas, ' +
    'alphas_cumprod, log-SNRs or timesteps) as an experiment, and says which keys of the file were used, which were not, ' +
    'and what is assumed. Nothing is written unless out is given.',
  input: z.strictObject({
    file: file('The file to import'),
    as: z
      .enum(importFormats.map(({ id }) => id) as [string, ...string[]])
      .optional()
      .describe('Its format; recognised where left out'),
    sequenceLength: z.int().min(1).optional().describe('Tokens of a picture, on which a dynamic shift depends'),
    out: out('A file for the experiment'),
    force,
  }),
  output: importOutput,
  files: { file: 'read', out: 'write' },
  args: ({ file: source, as, sequenceLength, out: to, force: replace }) => [
    'import',
    '--json',
    ...option('as', as),
    ...option('sequence-length', sequenceLength),
    ...option('out', to),
    ...option('force', replace),
    ...positionals(source),
  ],
});
