import path from 'node:path';
import { InputError } from '../../core/registry/problem';
import { parse } from '../arguments';
import { readRecord } from '../../trainer/runs/runFolder';
import { openExperiment } from '../experimentFile';
import { readRunChoice } from '../runChoice';
import { printRun } from '../trainingResult';
import { readWorkers, trainRuns } from '../trainRuns';
import type { CliCommand } from './command';

const USAGE = 'resume DIR [--workers N] [--relaxed-simd] [--json]';

/** `noprop resume`: goes on with a run that was stopped. */
export const resume: CliCommand = {
  name: 'resume',
  usage: USAGE,
  summary:
    'Goes on with a stopped or interrupted run in DIR to its end. The result is the same, bit for bit, as without the stop.',
  async run(args, terminal) {
    const { positional, values } = parse(
      args,
      { workers: { type: 'string' }, 'relaxed-simd': { type: 'boolean' }, json: { type: 'boolean' } },
      USAGE,
    );
    const workers = readWorkers(values.workers);
    await readRunChoice(positional);
    const run = path.resolve(positional);
    const [runs, id] = [path.dirname(run), path.basename(run)];
    const before = await readRecord(run);
    if (before.state !== 'stopped' && before.state !== 'interrupted')
      throw new InputError(`${positional} is ${before.state}: only a run that was stopped or interrupted can go on`);
    const { experiment, warnings } = await openExperiment(path.join(run, 'experiment.json'), terminal);
    const task = { experiment, folder: before.data.folder, runs, resume: id };
    const { records } = await trainRuns([task], { workers, relaxed: values['relaxed-simd'], what: 'runs' }, terminal);
    printRun(records[0], runs, values.json ?? false, terminal, warnings);
  },
};
