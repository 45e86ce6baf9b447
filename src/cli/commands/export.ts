import { stat } from 'node:fs/promises';
import { exportFormat, exportFormats } from '../../core/exports';
import { InputError } from '../../core/registry/problem';
import { parse } from '../arguments';
import { writeOutput } from '../../trainer/runs/outputFile';
import { readTrainedExperiment } from '../../trainer/runs/runFolder';
import { openExperiment } from '../experimentFile';
import { checkOutput, forceOption } from '../outputChoice';
import { readRunChoice } from '../runChoice';
import type { CliCommand } from './command';

const USAGE = `export FILE|RUN --format ${exportFormats.map((row) => row.id).join('|')} --out FILE [--force]`;

/** `noprop export`: an experiment in a format, to a file. */
export const exportCommand: CliCommand = {
  name: 'export',
  usage: USAGE,
  summary:
    'An experiment with every default spelled out, the table of its curves, a Python module of it, or its schedule or ' +
    'steps for diffusers, k-diffusion and ComfyUI. Of a run, the experiment ' +
    'that was trained, with the schedule that it learned. --force replaces the file of --out.',
  async run(args, terminal) {
    const { positional, values } = parse(
      args,
      { format: { type: 'string' }, out: { type: 'string' }, ...forceOption },
      USAGE,
    );
    const { format, out } = values;
    if (!format || !out) throw new InputError(`--${format ? 'out' : 'format'} is missing\nUsage: noprop ${USAGE}`);
    const { write, lost } = exportFormat(format);
    const isFolder = (await stat(positional).catch(() => undefined))?.isDirectory();
    if (isFolder) await readRunChoice(positional);
    const experiment = isFolder
      ? await readTrainedExperiment(positional)
      : (await openExperiment(positional, terminal)).experiment;
    await checkOutput(out, values.force, terminal);
    await writeOutput(out, write(experiment));
    for (const one of lost?.(experiment) ?? []) terminal.warn(`noprop: not in ${out}: ${one}\n`);
  },
};
