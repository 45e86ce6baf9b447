import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { readExperiment } from '../../src/core/experiment/document';
import { TrainerService } from '../../src/trainer/service/trainerService';

/** Calls of u that are timed, and the states of a call. */
const [CALLS, STATES] = [1000, [1, 64, 1000]] as const;

/** A function that gives back what it gets: what a call costs by itself. */
const IDENTITY = 'def u(z, *_): return z\n';
const ARRAYS = `import numpy\n${IDENTITY}`;

/** Prints the time of a call of u in Python beside that of the lab's own mixture. */
export async function run(): Promise<void> {
  const trainer = new TrainerService(path.resolve('dist'), { python: process.env.NOPROP_PYTHON });
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-bench-'));
  await fs.copyFile('media/guide/own-model/mixture.py', path.join(folder, 'mixture.py'));
  await fs.writeFile(path.join(folder, 'identity.py'), IDENTITY);
  await fs.writeFile(path.join(folder, 'arrays.py'), ARRAYS);
  const time = async (denoiser: object, paths: number): Promise<number> => {
    const text = JSON.stringify({
      version: 1,
      schedules: [{ id: 'linear-gamma', params: { gammaMin: -6, gammaMax: 6 } }],
      denoiser,
      comparison: { integrators: ['euler'], steps: [CALLS], paths },
    });
    const experiment = readExperiment(text, 'bench.noprop.json');
    const { picture } = await trainer.call('compare', [{ experiment, folder }]);
    const [row] = picture.rows;
    return (1000 * row!.milliseconds) / row!.evaluations;
  };
  const rows = {
    'returns its states, lists': { id: 'python', file: 'identity.py' },
    'returns its states, NumPy': { id: 'python', file: 'arrays.py' },
    'mixture in Python': { id: 'python', file: 'mixture.py' },
    'mixture of the lab': { id: 'mixture' },
  };
  for (const [name, denoiser] of Object.entries(rows))
    for (const paths of STATES) {
      const cost = await time(denoiser, paths).catch((error: unknown) => String(error));
      const shown = typeof cost === 'number' ? `${cost.toFixed(1)} µs a call` : cost;
      console.log(`  ${name}, ${paths} states of 1 number: ${shown}`);
    }
  await fs.rm(folder, { recursive: true });
}
