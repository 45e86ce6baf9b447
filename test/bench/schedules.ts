import path from 'node:path';
import { openExperiment } from '../../src/cli/experimentFile';
import { experimentWindow } from '../../src/core/experiment/experimentFlow';
import { scheduleLosses } from '../../src/core/models';
import { spreadOf } from '../../src/core/runs/groups';
import { startBackend } from '../../src/trainer/engine/backend';
import { loadData } from '../../src/trainer/data/load';
import { BINS } from '../../src/core/runs/metricsColumns';
import { planTraining } from '../../src/trainer/training/plan';
import { train } from '../../src/trainer/training/loop';

/** Where warnings of an experiment go. */
const terminal = { warn: (text: string) => void process.stderr.write(text) };

/** The log-SNR at both ends of every schedule, and batches by which a trained model's loss is measured. */
const [END, BATCHES] = [5, 400];

const ends = `"params":{"gammaMin":-${END},"gammaMax":${END}}`;

/** What is trained: fixed schedules of the same ends, cut by the window, and learned ones by each loss. */
const rows = [
  { name: 'linear-gamma', settings: [`schedules=[{"id":"linear-gamma",${ends}}]`] },
  { name: 'cosine', settings: ['schedules=[{"id":"cosine"}]'] },
  ...scheduleLosses
    .filter(({ id }) => id !== 'fixed')
    .map(({ id }) => ({
      name: `learned, ${id}`,
      settings: [`schedules=[{"id":"learned",${ends}}]`, `training.scheduleLoss=${id}`],
    })),
];

interface Measured {
  /** The loss as an estimate of half the integral of E|u - z_T|^2 dSNR: its mean, and the spread of one row's. */
  readonly loss: number;
  readonly spread: number;
  /** The spread that the same model would have under a straight line between the same ends, by bins of log-SNR. */
  readonly straight: number;
  readonly accuracy: number;
}

async function measure(file: string, settings: readonly string[], seed: number): Promise<Measured> {
  const common = [`seed=${seed}`, `window.logSnr=${END}`, 'training.weightCap=1e300'];
  const { experiment, folder } = await openExperiment(file, terminal, { settings: [...settings, ...common] });
  const plan = planTraining(experiment, await loadData(experiment, folder));
  const { snapshot, testAccuracy } = await train(plan);
  const { start, end } = experimentWindow(experiment);
  // at a rate of 0 the training goes on drawing batches, and nothing moves
  const training = plan.kind.training({ ...plan, learningRate: () => 0 }, { resume: snapshot });
  const [squares, counts] = [new Float64Array(BINS), new Float64Array(BINS)];
  let [sum, n] = [0, 0];
  for (let batch = 0; batch < BATCHES; batch++) {
    if (!training.next()) throw new Error(`${file}: the loss is not finite`);
    training.bins.forEach((bin, i) => {
      const loss = training.errors[i]! * training.rowWeights[i]! * (end - start);
      sum += loss;
      squares[bin] = squares[bin]! + loss * loss;
      counts[bin] = counts[bin]! + 1;
      n++;
    });
  }
  training.dispose();
  const loss = sum / n;
  const spreadBy = (factor: (bin: number) => number) =>
    Math.sqrt(Math.max(0, squares.reduce((total, square, bin) => total + square * factor(bin), 0) / n - loss * loss));
  const straight = spreadBy((bin) => (counts[bin]! / n) * BINS);
  return { loss, spread: spreadBy(() => 1), straight, accuracy: testAccuracy! };
}

/**
 * Prints the loss of trained models and the spread of the loss of one row, under schedules with the same ends and no cap:
 * fixed ones, and learned by each loss. Words: names of samples (moons and digits where there are none), `seeds`, and any
 * path.to.field=value of the experiments.
 */
export async function run(words: readonly string[]): Promise<void> {
  const seeds = Number(words.find((word) => word.startsWith('seeds='))?.slice(6) ?? '5');
  const settings = words.filter((word) => word.includes('=') && !word.startsWith('seeds='));
  const named = words.filter((word) => !word.includes('='));
  await startBackend(path.resolve('dist'));
  for (const name of named.length ? named : ['moons', 'digits']) {
    console.log(`\n  ${name}: log-SNR from -${END} to ${END}, no cap, seeds 0 to ${seeds - 1}; mean ± standard error`);
    console.log('    schedule            loss             spread of a row    under a line       accuracy');
    for (const row of rows) {
      const found: Measured[] = [];
      for (let seed = 0; seed < seeds; seed++)
        found.push(
          await measure(path.join('media/samples', `${name}.noprop.json`), [...settings, ...row.settings], seed),
        );
      const column = (key: keyof Measured) => {
        const { mean, standardError = NaN } = spreadOf(found.map((one) => one[key]))!;
        return `${mean.toFixed(4)} ± ${standardError.toFixed(4)}`;
      };
      const cells = (['loss', 'spread', 'straight', 'accuracy'] as const).map((key) => column(key).padEnd(18));
      console.log(`    ${row.name.padEnd(18)} ${cells.join(' ')}`.trimEnd());
    }
  }
}
