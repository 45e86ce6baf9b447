import path from 'node:path';
import { InputError } from '../../core/registry/problem';
import { toJson } from '../../core/text/json';
import { parse } from '../arguments';
import { openExperiment } from '../experimentFile';
import { openTrainer } from '../openTrainer';
import { checkOutput, forceOption } from '../outputChoice';
import { ProgressBar } from '../progressBar';
import { readRunChoice } from '../runChoice';
import { SignalWatch } from '../signals';
import type { CliCommand } from './command';

const USAGE = 'report FILE [--run DIR …] [--comparison FILE …] --out FILE.html [--force] [--json]';

/** `noprop report`: an experiment and runs of it as one HTML file. */
export const report: CliCommand = {
  name: 'report',
  usage: USAGE,
  summary:
    'Writes the experiment, the runs in each DIR and comparisons that compare --out wrote to one HTML file that opens in any browser and needs no network: its ' +
    'schedules can still be dragged and its dynamics played; it has the learning curves, tables, settings, seeds and ' +
    'versions. --force replaces the file of --out.',
  async run(args, terminal) {
    const options = { run: { type: 'string', multiple: true }, comparison: { type: 'string', multiple: true }, out: { type: 'string' }, json: { type: 'boolean' } } as const; // prettier-ignore
    const { positional, values } = parse(args, { ...options, ...forceOption }, USAGE);
    const { out } = values;
    if (!out) throw new InputError(`--out is missing\nUsage: noprop ${USAGE}`);
    const runs: string[] = [];
    for (const run of values.run ?? []) {
      await readRunChoice(run);
      runs.push(path.resolve(run));
    }
    const { experiment, folder } = await openExperiment(positional, terminal);
    await checkOutput(out, values.force, terminal);
    const bar = new ProgressBar(terminal);
    const stopping = new AbortController();
    const signals = new SignalWatch(() => stopping.abort());
    const task = { experiment, folder, file: path.basename(positional), runs, comparisons: values.comparison ?? [] };
    const writing = (await openTrainer(terminal)).call('report', [task, out], {
      signal: stopping.signal,
      onProgress: ({ what, done, total }) => bar.show(done / total, what ?? ''),
    });
    const written = await writing
      .catch((error: unknown) => {
        signals.check('no report was written');
        throw error;
      })
      .finally(() => {
        signals.dispose();
        bar.end();
      });
    if (values.json) return terminal.print(toJson({ file: out, ...written }));
    for (const note of written.notes) terminal.warn(`noprop: ${note}\n`);
    terminal.print(`wrote ${out}, ${(written.bytes / 1e6).toFixed(2)} MB: open it in a browser\n`);
  },
};
