import { spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openExperiment } from '../../src/cli/experimentFile';
import { exportFormat } from '../../src/core/exports';
import type { RunRecord } from '../../src/core/runs/record';
import { spreadOf } from '../../src/core/runs/groups';
import { TrainerService } from '../../src/trainer/service/trainerService';

const terminal = { warn: (text: string) => void process.stderr.write(text) };

/** A Python that has PyTorch: NOPROP_PYTHON, else the first of two. */
const python = (process.env.NOPROP_PYTHON ? [process.env.NOPROP_PYTHON] : ['python3', '/usr/bin/python3']).find(
  (one) => spawnSync(one, ['-c', 'import torch, numpy'], { stdio: 'ignore' }).status === 0,
);

const text = (value: number) => value.toFixed(4);

/** A mean with its standard error. */
const spreadOfAll = (values: readonly number[]) => {
  const { mean, standardError = NaN } = spreadOf(values)!;
  return { mean, standardError, shown: `${text(mean)} ± ${text(standardError)}` };
};

/**
 * Prints the accuracy on test rows of our trainer beside that of the exported PyTorch script, on the sample digits with
 * the same settings, splits and starts, over seeds; each seed, and mean ± standard error. Words: `seeds` (10), `models`
 * (ct,dt,fm) and any path.to.field=value of the experiment.
 */
export async function run(words: readonly string[]): Promise<void> {
  if (!python) return console.log('  there is no Python with PyTorch and NumPy');
  const own = ['seeds', 'models'];
  const take = (key: string, value: string) => words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1) ?? value; // prettier-ignore
  const settings = words.filter((word) => word.includes('=') && !own.includes(word.split('=')[0]!));
  const seeds = Array.from({ length: Number(take('seeds', '10')) }, (_, seed) => seed);
  const format = exportFormat('torch-training');
  const runs = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-script-'));
  const trainer = new TrainerService(path.resolve('dist'), { workers: 1 });
  try {
    for (const model of take('models', 'ct,dt,fm').split(',')) {
      const { experiment, folder } = await openExperiment('media/samples/digits.noprop.json', terminal, {
        settings: [...settings, `model.id=${model}`],
      });
      console.log(`\n  digits, ${model}, ${experiment.training.steps} steps: accuracy on test rows`);
      const script = path.join(runs, `${model}.py`);
      await fs.writeFile(script, format.write({ experiment }, `${model}.py`));
      const [ours, theirs]: [number[], number[]] = [[], []];
      for (const seed of seeds) {
        const record = await trainer.call('train', [{ experiment: { ...experiment, seed }, folder, runs }]);
        const out = path.join(runs, `${model}-${seed}`);
        const args = [script, '--data', folder, '--seed', String(seed), '--out', out];
        const { status, stderr } = spawnSync(python, args, { encoding: 'utf8', env: { ...process.env, OMP_NUM_THREADS: '1' } }); // prettier-ignore
        if (status !== 0) throw new Error(stderr);
        const their = JSON.parse(await fs.readFile(path.join(out, 'run.json'), 'utf8')) as RunRecord;
        ours.push(record.testAccuracy!);
        theirs.push(their.testAccuracy!);
        const speeds = [record, their].map(({ stepsPerSecond = NaN }) => Math.round(stepsPerSecond));
        console.log(`  seed ${seed}: ours ${text(ours.at(-1)!)}, PyTorch ${text(theirs.at(-1)!)} (${speeds.join(' and ')} steps a second)`); // prettier-ignore
      }
      const [our, their] = [spreadOfAll(ours), spreadOfAll(theirs)];
      const difference = spreadOfAll(theirs.map((value, i) => value - ours[i]!));
      const within = Math.abs(difference.mean) <= 2 * difference.standardError;
      console.log(`  ours ${our.shown}, PyTorch ${their.shown}; difference ${difference.shown}: ${within ? 'within' : 'beyond'} seed noise (2 standard errors)`); // prettier-ignore
    }
  } finally {
    await trainer.call('close', ['the bench has ended']).catch(() => undefined);
    await fs.rm(runs, { recursive: true });
  }
}
