import path from 'node:path';
import { scoreSpreads, seedTasks, spreadText } from '../../core/runs/groups';
import type { RunRecord } from '../../core/runs/record';
import { parse, toNumber } from '../arguments';
import { openExperiment, withWarnings } from '../experimentFile';
import { toTable } from '../textTable';
import { toJson } from '../../core/text/json';
import { runSummary, printRun } from '../trainingResult';
import { checkEnd, readWorkers, trainRuns } from '../trainRuns';
import type { Terminal } from '../terminal';
import type { CliCommand } from './command';

const USAGE =
  'train FILE [--seed N] [--seeds N] [--workers N] [--out DIR] [--set path.to.field=value …] [--relaxed-simd] [--json]';

/** `noprop train`: trains an experiment's model, with one seed or several; each run is a folder in DIR. */
export const train: CliCommand = {
  name: 'train',
  usage: USAGE,
  summary:
    'Trains the experiment; with --seeds N, once for each of N seeds. Each run is kept as a folder in DIR (noprop-runs). ' +
    'Ctrl-C stops the training and keeps the run, and so do SIGTERM and SIGHUP.',
  async run(args, terminal) {
    const { positional, values } = parse(
      args,
      {
        seed: { type: 'string' },
        seeds: { type: 'string' },
        workers: { type: 'string' },
        out: { type: 'string' },
        set: { type: 'string', multiple: true },
        'relaxed-simd': { type: 'boolean' },
        json: { type: 'boolean' },
      },
      USAGE,
    );
    const set = (path: string, name: string, text: string | undefined) =>
      text === undefined ? [] : [`${path}=${toNumber(name, text)}`];
    const settings = [...set('seed', '--seed', values.seed), ...set('training.seeds', '--seeds', values.seeds)];
    const { experiment, folder, warnings } = await openExperiment(positional, terminal, {
      settings: [...(values.set ?? []), ...settings],
    });
    const runs = path.resolve(values.out ?? 'noprop-runs');
    const tasks = seedTasks({ experiment, folder, runs }, `${new Date().toISOString()} ${experiment.name}`);
    const workers = readWorkers(values.workers);
    const { records } = await trainRuns(tasks, { workers, relaxed: values['relaxed-simd'], what: 'seeds' }, terminal);
    if (tasks.length > 1) return printRuns(records, runs, values.json ?? false, terminal, warnings);
    printRun(records[0], runs, values.json ?? false, terminal, warnings);
  },
};

/** Prints what several seeds reached, one by one and together. */
function printRuns(
  records: readonly RunRecord[],
  runs: string,
  json: boolean,
  terminal: Terminal,
  warnings: readonly string[],
): void {
  records.forEach((record) => checkEnd(record, true));
  const spreads = scoreSpreads(records);
  if (json) {
    const rows = records.map((record) => ({ seed: record.seed, state: record.state, ...runSummary(record, runs) }));
    const together = Object.fromEntries(spreads.map(([, spread, key]) => [key, spread]));
    return terminal.print(toJson(withWarnings({ ...together, runs: rows }, warnings)));
  }
  const rows = records.map((record) => [
    String(record.seed),
    ...spreads.map(([, , key]) => record[key]?.toFixed(4) ?? '–'),
    record.loss?.toPrecision(4) ?? '–',
    String(record.step),
    path.join(runs, record.id),
  ]);
  const head = ['seed', ...spreads.map(([name]) => name), 'loss', 'steps', 'run'];
  const together = spreads.map(([name, spread]) => `${name} ${spreadText(spread)}`);
  terminal.print(
    `${toTable([head, ...rows])}mean ± standard error over ${records.length} seeds: ${together.join(', ')}\n`,
  );
}
