import * as z from 'zod';
import { InputError } from '../../core/registry/problem';
import { schedule as output } from '../outputs/schedule';
import { file } from './inputs';
import { defineTool, listOption, option, positionals } from './tool';

const pairs = (name: string, values: Readonly<Record<string, unknown>> | undefined) =>
  option(name, Object.entries(values ?? {}).map(([key, value]) => `${key}=${String(value)}`)); // prettier-ignore

/** How a parameter or an input is called. */
const name = z.string().regex(/^[\w-]+$/);

/** Whether the terminal would read a file for an input. */
const isFile = (text: string) => /^@|\.(csv|tsv|txt|json)$/i.test(text);

/** The quantities of a noise schedule. */
export const schedule = defineTool({
  name: 'schedule',
  title: 'Evaluate a noise schedule',
  description:
    'Computes every quantity of a noise schedule (alpha-bar, log-SNR and its rate, SNR, noise rate and more) at times ' +
    'from 0 (noise) to 1 (data), and says in words what follows from it. The schedule is named by its id, or is the ' +
    'first of a file: an experiment, or any file that the tool import reads (diffusers scheduler_config.json, lists of sigmas …).',
  input: z.strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9:-]+$/)
      .optional()
      .describe('A family such as cosine, or preset:ID; the tool list has the ids'),
    file: file('A file with the schedule, in place of id').optional(),
    params: z.record(name, z.number()).optional().describe('Parameters by name'),
    inputs: z
      .record(
        name,
        z.string().refine((text) => !isFile(text), 'a table is given as numbers, not as a file'),
      )
      .optional()
      .describe('Inputs by name, such as the formula of the family expression; a table as numbers between commas'),
    modifiers: z
      .array(z.string())
      .optional()
      .describe('Modifiers in their order, each as id or id:name=value,name=value'),
    at: z.array(z.number().min(0).max(1)).min(1).max(10_000).optional().describe('Times; eleven where left out'),
  }),
  output,
  files: { file: 'read' },
  args({ id, file: source, params, inputs, modifiers, at }) {
    if ((id === undefined) === (source === undefined)) throw new InputError('give either id or file');
    const changes = [...pairs('param', params), ...pairs('input', inputs), ...option('modifier', modifiers)];
    return ['schedule', '--json', ...changes, ...listOption('at', at), ...positionals(id ?? source)];
  },
});
