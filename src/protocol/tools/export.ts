import * as z from 'zod';
import { exportFormats } from '../../core/exports';
import { file, force } from './inputs';
import { defineTool, option, positionals } from './tool';

/** An experiment or a run in a format of another program. */
export const exportTool = defineTool({
  name: 'export',
  title: 'Export an experiment or a run',
  description:
    'Writes an experiment, or the one that a run was trained with, in a format of another program: JSON, CSV, a Python ' +
    'module, diffusers scheduler_config.json, lists of sigmas or timesteps and more. Says what the format cannot hold.',
  input: z.strictObject({
    file: file('The experiment (*.noprop.json), or the folder of a run'),
    format: z.enum(exportFormats.map(({ id }) => id) as [string, ...string[]]).describe('The format'),
    out: file('The file to write'),
    force,
  }),
  files: { file: 'read', out: 'write' },
  args: ({ file: source, format, out, force: replace }) => [
    'export',
    ...option('format', format),
    ...option('out', out),
    ...option('force', replace),
    ...positionals(source),
  ],
});
