import { writeFile } from 'node:fs/promises';
import { readExperiment } from '../../core/experiment/document';
import { exportFormat, exportFormats } from '../../core/exports';
import { InputError } from '../../core/registry/problem';
import { parse } from '../arguments';
import { readText } from '../experimentFile';
import type { CliCommand } from './command';

const USAGE = `export FILE --format ${exportFormats.map((row) => row.id).join('|')} --out FILE`;

/** `noprop export`: an experiment in a format, to a file. */
export const exportCommand: CliCommand = {
  name: 'export',
  usage: USAGE,
  summary: 'An experiment with every default spelled out, or the table of its curves.',
  async run(args) {
    const { positional, values } = parse(args, { format: { type: 'string' }, out: { type: 'string' } }, USAGE);
    const { format, out } = values;
    if (!format || !out) throw new InputError(`--${format ? 'out' : 'format'} is missing\nUsage: noprop ${USAGE}`);
    const { write } = exportFormat(format);
    const text = await readText(positional);
    await writeFile(out, write(readExperiment(text, positional)));
  },
};
