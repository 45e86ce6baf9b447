import { InputError } from '../../core/registry/problem';
import { outputSchema, outputs } from '../../protocol/outputs';
import { toJson } from '../../core/text/json';
import { parseOptional } from '../arguments';
import type { CliCommand } from './command';

const NAMES = Object.keys(outputs);
const USAGE = 'schema [COMMAND]';

/** `noprop schema`: the JSON schema of what a command prints with --json. */
export const schemaCommand: CliCommand = {
  name: 'schema',
  usage: USAGE,
  summary:
    'The JSON schema (draft 7) of what a command prints with --json. Without a command, the names of those that have one.',
  run(args, terminal) {
    const { positional } = parseOptional(args, {}, USAGE);
    if (positional === undefined) return terminal.print(NAMES.join('\n') + '\n');
    const schema = outputSchema(positional);
    if (!schema) throw new InputError(`"${positional}" has no schema: choose one of ${NAMES.join(', ')}`);
    terminal.print(toJson(schema));
  },
};
