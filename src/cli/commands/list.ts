import { catalogue } from '../../core/reference/catalogue';
import { InputError } from '../../core/registry/problem';
import { parseOptional } from '../arguments';
import { toJson, toTable } from '../output';
import type { CliCommand } from './command';

const KINDS = Object.keys(catalogue);
const USAGE = `list [${KINDS.join('|')}] [--json]`;

/** `noprop list`: what an experiment may hold, by id. */
export const list: CliCommand = {
  name: 'list',
  usage: USAGE,
  summary: 'Every schedule, modifier, preset, dynamics, integrator and so on by its id, or those of one kind.',
  run(args) {
    const { subject, values } = parseOptional(args, { json: { type: 'boolean' } }, USAGE);
    if (subject !== undefined && !(subject in catalogue))
      throw new InputError(`unknown kind "${subject}": choose one of ${KINDS.join(', ')}`);
    const kinds = subject === undefined ? KINDS : [subject];
    if (values.json) {
      process.stdout.write(toJson(Object.fromEntries(kinds.map((kind) => [kind, catalogue[kind]]))));
      return;
    }
    const tables = kinds.map((kind) => {
      const rows = catalogue[kind]!.map(({ id, title, summary }) => [id, title, summary]);
      return `${kind}\n${toTable(rows, 3)}`;
    });
    process.stdout.write(tables.join('\n'));
  },
};
