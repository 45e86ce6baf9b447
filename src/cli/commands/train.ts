import path from 'node:path';
import { namedScores } from '../../protocol/metrics';
import { parse, toNumber } from '../arguments';
import { openDesk } from '../desk';
import { openExperiment } from '../experimentFile';
import { Progress, toJson } from '../output';
import type { CliCommand } from '.';

const USAGE = 'train FILE [--seed N] [--out DIR] [--set path.to.field=value …] [--relaxed-simd] [--json]';

/** `noprop train`: trains an experiment's model; its run is a folder in DIR, whose record tells of relaxed SIMD. */
export const train: CliCommand = {
  name: 'train',
  usage: USAGE,
  summary: 'Trains the experiment and keeps the run as a folder in DIR (noprop-runs). Ctrl-C stops it and keeps it.',
  async run(args) {
    const { subject, values } = parse(
      args,
      {
        seed: { type: 'string' },
        out: { type: 'string' },
        set: { type: 'string', multiple: true },
        'relaxed-simd': { type: 'boolean' },
        json: { type: 'boolean' },
      },
      USAGE,
    );
    const seed = values.seed === undefined ? [] : [`seed=${toNumber('--seed', values.seed)}`];
    const { experiment, folder } = await openExperiment(subject, [...(values.set ?? []), ...seed]);
    const runs = path.resolve(values.out ?? 'noprop-runs');
    const bar = new Progress();
    const desk = await openDesk({
      relaxed: values['relaxed-simd'] ?? false,
      onProgress: ({ step, steps, stepsPerSecond }) =>
        bar.show(step / steps, `step ${step} of ${steps}, ${Math.round(stepsPerSecond)} a second`),
    });
    const stop = () => void desk.stop();
    process.once('SIGINT', stop);
    const record = await desk.train({ experiment, folder, runs });
    process.removeListener('SIGINT', stop);
    bar.end();
    const { state, message, loss, step: steps, stepsPerSecond, id } = record;
    if (state === 'diverged' || state === 'failed') throw new Error(message ?? `the training ${state}`);
    const run = path.join(runs, id);
    const scores = namedScores(record);
    if (values.json)
      process.stdout.write(
        toJson({
          ...Object.fromEntries(scores.map(([, value, key]) => [key, value])),
          loss,
          steps,
          stepsPerSecond,
          run,
        }),
      );
    else
      process.stdout.write(
        `${record.name}, ${state} after ${steps} steps: ` +
          `${scores.map(([name, value]) => `${name} ${value.toFixed(4)}, `).join('')}loss ${loss?.toPrecision(4)}\n${run}\n`,
      );
  },
};
