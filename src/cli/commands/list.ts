import { catalogue } from '../../core/reference/catalogue';
import { InputError } from '../../core/registry/problem';
import { parseOptional } from '../arguments';
import { toTable } from '../textTable';
import { toJson } from '../../core/text/json';
import type { CliCommand } from './command';

const KINDS = Object.keys(catalogue);
const USAGE = `list [${KINDS.join('|')}] [--json]`;

/** `noprop list`: what an experiment may hold, by id. */
export const list: CliCommand = {
  name: 'list',
  usage: USAGE,
  summary: 'Every schedule, modifier, preset, dynamics, integrator and so on by its id, or those of one kind.',
  run(args, terminal) {
    const { positional, values } = parseOptional(args, { json: { type: 'boolean' } }, USAGE);
    if (positional !== undefined && !Object.hasOwn(catalogue, positional))
      throw new InputError(`unknown kind "${positional}": choose one of ${KINDS.join(', ')}`);
    const kinds = positional === undefined ? KINDS : [positional];
    if (values.json) {
      terminal.print(toJson(Object.fromEntries(kinds.map((kind) => [kind, catalogue[kind]]))));
      return;
    }
    const tables = kinds.map((kind) => {
      const rows = catalogue[kind]!.map(({ id, title, summary }) => [id, title, summary]);
      return `${kind}\n${toTable(rows, 3)}`;
    });
    terminal.print(tables.join('\n'));
  },
};
