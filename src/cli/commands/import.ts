import { importFile, importFormats, importTitle, madeText, reportText } from '../../core/imports';
import { toJson } from '../../core/text/json';
import { readImportFile } from '../../trainer/data/readImportFile';
import { writeOutput } from '../../trainer/runs/outputFile';
import { parse } from '../arguments';
import { importOptions, readImportChoice } from '../importOptions';
import { checkOutput, forceOption } from '../outputChoice';
import type { CliCommand } from './command';

const USAGE = 'import FILE [--as FORMAT] [--sequence-length N] [--out EXPERIMENT] [--force] [--json]';

/** `noprop import`: the experiment that another program's file describes, and which of its keys were used. */
export const importCommand: CliCommand = {
  name: 'import',
  usage: USAGE,
  summary:
    'Makes an experiment of a file of another program, and says which of its keys were used, which were not, and what is ' +
    `assumed. The format is recognised, or one of ${importFormats.map(({ id }) => id).join(', ')}. --sequence-length is the ` +
    'number of tokens of a picture, on which a dynamic shift depends. Without --out nothing is written.',
  async run(args, terminal) {
    const { positional, values } = parse(
      args,
      { ...importOptions, out: { type: 'string' }, json: { type: 'boolean' }, ...forceOption },
      USAGE,
    );
    const { out, json, force } = values;
    const { experiment, format, used, unused, assumed, warnings } = importFile(
      await readImportFile(positional),
      readImportChoice(values),
    );
    for (const warning of warnings) terminal.warn(`noprop: warning: ${warning}\n`);
    if (out !== undefined) {
      await checkOutput(out, force, terminal);
      await writeOutput(out, JSON.stringify(experiment, null, 2) + '\n');
    }
    const parts = { used, unused, assumed, warnings };
    terminal.print(
      json
        ? toJson({ experiment, format, ...parts })
        : `${positional}: ${importTitle(format)}\n\n${madeText(experiment)}\n\n${reportText(parts)}`,
    );
  },
};
