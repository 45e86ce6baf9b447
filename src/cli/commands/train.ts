import path from 'node:path';
import { constantFeatures } from '../../core/datasets';
import { InputError } from '../../core/problem';
import { scoreSpreads, seedTasks, spreadText } from '../../protocol/groups';
import { namedScores } from '../../protocol/metrics';
import { leftQueue } from '../../protocol/queue';
import type { RunRecord, TrainTask } from '../../protocol/trainer';
import { parse, toNumber } from '../arguments';
import { openDesk } from '../desk';
import { openExperiment } from '../experimentFile';
import { Progress, toJson, toTable } from '../output';
import type { CliCommand } from '.';

const USAGE =
  'train FILE [--seed N] [--seeds N] [--workers N] [--out DIR] [--set path.to.field=value …] [--relaxed-simd] [--json]';

/** `noprop train`: trains an experiment's model, with one seed or several; each run is a folder in DIR. */
export const train: CliCommand = {
  name: 'train',
  usage: USAGE,
  summary:
    'Trains the experiment, with --seeds N once for each of N seeds, and keeps each run as a folder in DIR (noprop-runs). ' +
    'Ctrl-C stops what trains and keeps it.',
  async run(args) {
    const { subject, values } = parse(
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
    const { experiment, folder } = await openExperiment(subject, [...(values.set ?? []), ...settings]);
    const runs = path.resolve(values.out ?? 'noprop-runs');
    const tasks = seedTasks({ experiment, folder, runs }, `${new Date().toISOString()} ${experiment.name}`);
    const workers = readWorkers(values.workers);
    const records = await trainAll(tasks, workers, values['relaxed-simd'] ?? false);
    if (tasks.length > 1) return tellAll(records, runs, values.json ?? false);
    const [record] = records;
    if (!record) throw new Error('the training was stopped before it began');
    checkEnd(record);
    if (values.json) return void process.stdout.write(toJson(summary(record, runs)));
    const scores = namedScores(record).map(([name, value]) => `${name} ${value.toFixed(4)}, `);
    process.stdout.write(
      `${constantText(record.data)}${record.name}, ${record.state} after ${record.step} steps: ${scores.join('')}` +
        `loss ${record.loss?.toPrecision(4)}\n${path.join(runs, record.id)}\n`,
    );
  },
};

function readWorkers(text = '0'): number {
  const workers = toNumber('--workers', text);
  if (Number.isInteger(workers) && workers >= 0 && workers <= 64) return workers;
  throw new InputError(`--workers must be a whole number from 0 (one less than the cores) to 64: got ${text}`);
}

/** Trains tasks in a pool; Ctrl-C stops them. Those that were stopped before they began leave no record. */
async function trainAll(tasks: readonly TrainTask[], workers: number, relaxed: boolean): Promise<RunRecord[]> {
  const bar = new Progress();
  const far = new Map<string, number>();
  const desk = await openDesk({
    relaxed,
    workers,
    onProgress: ({ id, step, steps, stepsPerSecond }) => {
      const share = [...far.set(id, step / steps).values()].reduce((sum, one) => sum + one, 0) / tasks.length;
      const which = tasks.length > 1 ? `${tasks.length} seeds, ` : '';
      bar.show(share, `${which}step ${step} of ${steps}, ${Math.round(stepsPerSecond)} a second`);
    },
  });
  const stop = () => void desk.stop();
  process.once('SIGINT', stop);
  try {
    const ended = await Promise.allSettled(tasks.map(async (task) => desk.train(task)));
    const bad = ended.find((one) => one.status === 'rejected' && !leftQueue(one.reason));
    if (bad) throw (bad as PromiseRejectedResult).reason;
    return ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  } finally {
    process.removeListener('SIGINT', stop);
    bar.end();
  }
}

/** Throws where a training came to no end of its own. */
function checkEnd({ state, message, seed }: RunRecord, several = false): void {
  if (state === 'diverged' || state === 'failed')
    throw new Error(`${several ? `seed ${seed}: ` : ''}${message ?? `the training ${state}`}`);
}

const summary = (record: RunRecord, runs: string) => {
  const { loss, step: steps, stepsPerSecond, id } = record;
  const scores = Object.fromEntries(namedScores(record).map(([, value, key]) => [key, value]));
  return { ...scores, loss, steps, stepsPerSecond, run: path.join(runs, id) };
};

/** Prints what several seeds reached, one by one and together. */
function tellAll(records: readonly RunRecord[], runs: string, json: boolean): void {
  records.forEach((record) => checkEnd(record, true));
  const spreads = scoreSpreads(records);
  if (json) {
    const rows = records.map((record) => ({ seed: record.seed, state: record.state, ...summary(record, runs) }));
    const together = Object.fromEntries(spreads.map(([, spread, key]) => [key, spread]));
    return void process.stdout.write(toJson({ ...together, runs: rows }));
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
  process.stdout.write(
    `${toTable([head, ...rows])}mean ± standard error over ${records.length} seeds: ${together.join(', ')}\n`,
  );
}

/** How many feature names a line has. */
const NAMES = 5;

/** Which features tell nothing, in a line; empty where all tell something. */
function constantText(data: RunRecord['data']): string {
  const constant = constantFeatures(data);
  if (!constant.length) return '';
  const names = constant.slice(0, NAMES).join(', ') + (constant.length > NAMES ? ', …' : '');
  return `${constant.length} of ${data.features.length} features are the same in every train row: ${names}\n`;
}
