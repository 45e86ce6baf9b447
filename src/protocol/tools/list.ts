import * as z from 'zod';
import { catalogue } from '../../core/reference/catalogue';
import { catalogueRows } from '../outputs/list';
import { defineTool, positionals } from './tool';

/** What an experiment may hold. */
export const list = defineTool({
  name: 'list',
  title: 'List what an experiment may hold',
  description:
    'Lists noise schedules, modifiers, presets, dynamics, integrators (methods), step grids, data sets, kinds of model, ' +
    'formats of import and export and so on, each with its id, a title and a sentence. Use it to find the ids that other tools take.',
  input: z.strictObject({
    kind: z.enum(Object.keys(catalogue) as [string, ...string[]]).describe('What is listed'),
  }),
  output: catalogueRows,
  files: {},
  args: ({ kind }) => ['list', '--json', ...positionals(kind)],
});
