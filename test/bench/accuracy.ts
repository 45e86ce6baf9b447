import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openExperiment } from '../../src/cli/experimentFile';
import { models } from '../../src/core/models';
import { spreadOf, spreadText } from '../../src/core/runs/groups';
import { TrainerService } from '../../src/trainer/service/trainerService';
import { writeGuide } from './guide';

/** Where warnings of an experiment go. */
const terminal = { warn: (text: string) => void process.stderr.write(text) };

/** The files of media/samples that are trained, and what is held of each model's mean accuracy. */
const files: Readonly<Record<string, (mean: number, model: string, baseline: number) => readonly [string, boolean]>> = {
  digits: (mean, model) => (model === 'fm' ? ['>= 0.975', mean >= 0.975] : ['>= 0.980', mean >= 0.98]),
  moons: (mean) => ['>= 0.990', mean >= 0.99],
  spirals: (mean, _, baseline) => ['>= 0.950 and 2 points of backprop', mean >= 0.95 && mean >= baseline - 0.02],
  iris: (mean, _, baseline) => ['3 points of backprop', mean >= baseline - 0.03],
};

const BASELINE = 'backprop';

/** 97.5 % quantile of Student's t (Hill's expansion of Cornish and Fisher about the normal's; good from 3 on). */
function studentT(degrees: number): number {
  const z = 1.959964;
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
  ];
  return terms.reduce((sum, term, k) => sum + term / degrees ** (k + 1), z);
}

const number = (value: number) => value.toFixed(4);

/** The difference of two lists of pairs: its mean, and from four pairs on the 95 % interval of that. */
function paired(one: readonly number[], other: readonly number[]): string {
  const { mean, standardError = NaN, n } = spreadOf(one.map((value, i) => value - other[i]!))!;
  const signed = (value: number) => (value < 0 ? '−' : '+') + number(Math.abs(value));
  if (n < 4) return signed(mean);
  const reach = studentT(n - 1) * standardError;
  return `${signed(mean)} [${signed(mean - reach)}, ${signed(mean + reach)}]`;
}

/**
 * Prints the accuracy on test rows of every model over seeds, and its paired difference from backpropagation on the same
 * splits: the sample experiments, trained as a user trains them, two at a time. Words: names of samples (all where there
 * are none), `seeds`, `from` (the first of them, so that settings can be chosen on other seeds than are told of),
 * `models` (by commas), `workers`, any path.to.field=value of the experiments, and `guide`, which writes the table into
 * the guide.
 */
export async function run(words: readonly string[]): Promise<void> {
  const own = ['seeds', 'from', 'models', 'workers'];
  const take = (key: string, value: string) =>
    words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1) ?? value;
  const settings = words.filter((word) => word.includes('=') && !own.includes(word.split('=')[0]!));
  const [seeds, from] = [Number(take('seeds', '10')), Number(take('from', '0'))];
  const kinds = take('models', [BASELINE, ...models.map(({ id }) => id).filter((id) => id !== BASELINE)].join()).split(
    ',',
  );
  const workers = Number(take('workers', String(Math.min(2, os.cpus().length))));
  const named = words.filter((word) => word in files);
  const runs = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-accuracy-'));
  const trainer = new TrainerService(path.resolve('dist'), { workers });
  const lines = ['| data | model | test accuracy | minus backprop [95 %] |', '| --- | --- | --- | --- |'];
  try {
    for (const name of named.length ? named : Object.keys(files)) {
      console.log(`\n  ${name}: accuracy on test rows, seeds ${from} to ${from + seeds - 1}`);
      let baseline: readonly number[] | undefined;
      for (const model of kinds) {
        const begun = performance.now();
        const file = path.join('media/samples', `${name}.noprop.json`);
        const { experiment, folder } = await openExperiment(file, terminal, {
          settings: [...settings, `model.id=${model}`],
        });
        const records = await Promise.all(
          Array.from({ length: seeds }, async (_, k) =>
            trainer.call('train', [{ experiment: { ...experiment, seed: from + k }, folder, runs }]),
          ),
        );
        const bad = records.find(({ state }) => state !== 'done');
        if (bad) throw new Error(`${name}, ${model}, seed ${bad.seed}: ${bad.state}: ${bad.message}`);
        const values = records.map(({ testAccuracy }) => testAccuracy!);
        const spread = spreadOf(values)!;
        const seconds = (performance.now() - begun) / 1000;
        console.log(
          `    ${model.padEnd(9)} ${spreadText(spread)}  [${values.map(number).join(' ')}]  ${seconds.toFixed(0)} s`,
        );
        const gap = model !== BASELINE && baseline ? paired(values, baseline) : '';
        lines.push(`| ${name} | ${model} | ${spreadText(spread)} | ${gap} |`);
        if (model === BASELINE) baseline = values;
        else if (baseline) {
          const mean = (all: readonly number[]) => all.reduce((sum, value) => sum + value, 0) / all.length;
          const [wanted, held] = files[name]?.(spread.mean, model, mean(baseline)) ?? ['', true];
          const verdict = wanted && `; wanted ${wanted}: ${held ? 'held' : 'MISSED'}`;
          console.log(`              minus backprop, paired, 95 %: ${gap}${verdict}`);
        }
      }
    }
    if (words.includes('guide')) await writeGuide('accuracy', lines);
  } finally {
    await fs.rm(runs, { recursive: true, force: true });
  }
}
