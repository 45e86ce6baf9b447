import { stat } from 'node:fs/promises';
import path from 'node:path';
import { catalogue } from '../../core/reference/catalogue';
import { InputError } from '../../core/registry/problem';
import { parseOptional } from '../arguments';
import { runTable } from '../runTable';
import { toTable } from '../textTable';
import { toJson } from '../../core/text/json';
import { RunIndex } from '../../trainer/runs/runIndex';
import type { CliCommand } from './command';

const KINDS = Object.keys(catalogue);
const USAGE = `list [${KINDS.join('|')}|DIR] [--json]`;

/** `noprop list`: what an experiment may hold, by id, or the runs in a folder. */
export const list: CliCommand = {
  name: 'list',
  usage: USAGE,
  summary:
    'Every schedule, modifier, preset, dynamics, integrator and so on by its id, or those of one kind; or the runs in the ' +
    'folder DIR, and which of them are damaged.',
  async run(args, terminal) {
    const { positional, values } = parseOptional(args, { json: { type: 'boolean' } }, USAGE);
    if (positional !== undefined && !Object.hasOwn(catalogue, positional)) {
      if (!(await stat(positional).catch(() => undefined))?.isDirectory())
        throw new InputError(`unknown kind "${positional}": choose one of ${KINDS.join(', ')}, or a folder of runs`);
      const { rows, damaged } = await new RunIndex(path.resolve(positional)).list();
      return terminal.print(values.json ? toJson({ runs: rows, damaged }) : runTable({ rows, damaged }));
    }
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
