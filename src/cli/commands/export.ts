import { stat } from 'node:fs/promises';
import { exportFormat, exportFormats } from '../../core/exports';
import { InputError } from '../../core/registry/problem';
import type { ExportChoice, Written } from '../../protocol/trainerCalls';
import { parse } from '../arguments';
import { exportRun, writeExport } from '../../trainer/runs/exportRun';
import { openExperiment } from '../experimentFile';
import { checkOutput, forceOption } from '../outputChoice';
import { readRunChoice } from '../runChoice';
import type { Terminal } from '../terminal';
import type { CliCommand } from './command';

const USAGE = `export FILE|RUN --format ${exportFormats.map((row) => row.id).join('|')} --out FILE [--force] [--checkpoint N]`;

/** `noprop export`: an experiment or a run in a format, to a file and what stands beside it. */
export const exportCommand: CliCommand = {
  name: 'export',
  usage: USAGE,
  summary:
    'An experiment with every default spelled out, the table of its curves, a Python module of it, or its schedule or ' +
    'steps for diffusers, k-diffusion and ComfyUI. Of a run, the experiment ' +
    'that was trained, with the schedule that it learned, and in formats that hold weights the trained model, or that ' +
    'of checkpoint N. --force replaces the files that are there.',
  async run(args, terminal) {
    const { positional, values } = parse(
      args,
      { format: { type: 'string' }, out: { type: 'string' }, checkpoint: { type: 'string' }, ...forceOption },
      USAGE,
    );
    const { format, out, checkpoint, force } = values;
    if (!format || !out) throw new InputError(`--${format ? 'out' : 'format'} is missing\nUsage: noprop ${USAGE}`);
    exportFormat(format); // an unknown one is said before anything is read
    const write = await writerOf(positional, checkpoint, terminal);
    await checkOutput(out, force, terminal);
    const { files, lost } = await writeAll(write, { format, out, replace: force }, terminal);
    for (const file of files.slice(1)) terminal.warn(`noprop: also wrote ${file}\n`);
    for (const one of lost) terminal.warn(`noprop: not in ${out}: ${one}\n`);
  },
};

type Writer = (choice: ExportChoice) => Promise<Written>;

/** What writes the run in a folder, or the experiment in a file. */
async function writerOf(given: string, checkpoint: string | undefined, terminal: Terminal): Promise<Writer> {
  if ((await stat(given).catch(() => undefined))?.isDirectory()) {
    const run = await readRunChoice(given, checkpoint);
    return (choice) => exportRun(run, choice);
  }
  if (checkpoint !== undefined) throw new InputError(`--checkpoint is of a run: ${given} is no folder of one`);
  const { experiment } = await openExperiment(given, terminal);
  return (choice) => writeExport({ experiment }, choice);
}

/** Writes; asks before files beside the chosen one are replaced. */
async function writeAll(write: Writer, choice: ExportChoice, terminal: Terminal): Promise<Written> {
  const written = await write(choice);
  if (!written.inTheWay.length) return written;
  for (const file of written.inTheWay) await checkOutput(file, undefined, terminal);
  return write({ ...choice, replace: true });
}
