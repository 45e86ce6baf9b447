import * as z from 'zod';
import { check as output } from '../outputs/check';
import { file } from './inputs';
import { defineTool, option, positionals } from './tool';

/** The note's derivation, checked on schedules. */
export const check = defineTool({
  name: 'check',
  title: 'Check the derivation',
  description:
    'Checks every equation of the note on the NoProp forward process on a schedule, numerically: which hold exactly, ' +
    'which to first order, and which are misprinted, with their corrected form.',
  input: z.strictObject({
    file: file('An experiment, whose schedules are checked').optional(),
    schedules: z
      .array(z.string())
      .min(1)
      .optional()
      .describe('Ids of schedules of the file, its first where left out; without a file, ids of families'),
  }),
  output,
  files: { file: 'read' },
  args: ({ file: source, schedules }) => ['check', '--json', ...option('schedule', schedules), ...positionals(source)],
});
