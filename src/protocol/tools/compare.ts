import * as z from 'zod';
import { benchmarks, norms } from '../../core/compare';
import { integratorIds } from '../../core/integrators';
import { comparison } from '../outputs/compare';
import { experimentFile, file, force, out, set } from './inputs';
import { defineTool, listOption, option, positionals, setOption } from './tool';

const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id) as [string, ...string[]];

/** Integrators against each other. */
export const compare = defineTool({
  name: 'compare',
  title: 'Compare integrators',
  description:
    'Compares numerical integrators (samplers) on an experiment: the error of each against its evaluations of the ' +
    'network, observed orders, and the cheapest to reach an aim. On u in closed form, on a built-in problem, or on the test rows of trained runs.',
  input: z.strictObject({
    file: experimentFile,
    runs: z.array(file('The folder of a run')).min(1).max(100).optional().describe('Runs to compare on'),
    problem: z.enum(idsOf(benchmarks)).optional().describe('A built-in problem'),
    methods: z
      .array(z.enum(['explicit', 'adaptive', 'exponential', 'sde', 'all', ...integratorIds]))
      .min(1)
      .optional()
      .describe('Ids of integrators, or kinds of them'),
    grids: z.array(z.string()).min(1).optional().describe('Step grids, each as id or id:name=value,name=value'),
    steps: z.array(z.int().min(1).max(100_000)).min(1).optional().describe('Counts of steps'),
    tolerances: z.array(z.number().positive()).min(1).optional().describe('For methods that choose their own steps'),
    norm: z.enum(idsOf(norms)).optional().describe('How an error is measured'),
    aim: z.number().positive().optional().describe('The error to be reached'),
    set,
    out: out('A file in which the comparison is kept'),
    force,
  }),
  output: comparison,
  startsPython: true,
  files: { file: 'read', runs: 'read', out: 'write' },
  args: ({ file: experiment, runs, problem, methods, grids, steps, tolerances, norm, aim, set: settings, ...rest }) => [
    'compare',
    '--json',
    ...option('run', runs),
    ...option('problem', problem),
    ...listOption('methods', methods),
    ...option('grid', grids),
    ...listOption('steps', steps),
    ...listOption('tolerances', tolerances),
    ...option('norm', norm),
    ...option('aim', aim),
    ...setOption(settings),
    ...option('out', rest.out),
    ...option('force', rest.force),
    ...positionals(experiment),
  ],
});
