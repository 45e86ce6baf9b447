import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { writeGlyphs } from './glyphFiles';
import { quantiles } from './quantiles';

/** What may be set by key=value. */
type Options = Partial<Record<'rounds' | 'n' | 'epochs' | 'python', string>>;

/** The share of the rows that is trained on, and a batch; width of both hidden layers. */
const [TRAIN, BATCH, HIDDEN] = [0.8, 128, 256];

interface Ran {
  /** Of the whole process, from its start to its end. */
  readonly seconds: number;
  readonly accuracy: number;
}

/** Runs a program to its end; nothing where there is none or it fails. */
async function timed(command: string, words: readonly string[]): Promise<{ seconds: number; out: string } | undefined> {
  const begun = performance.now();
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'ignore'] });
  let out = '';
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  const code = await new Promise((resolve) => child.on('error', () => resolve(-1)).on('close', resolve));
  return code === 0 ? { seconds: (performance.now() - begun) / 1000, out } : undefined;
}

async function ours(folder: string): Promise<Ran> {
  const words = ['train', path.join(folder, 'images.noprop.json'), '--out', path.join(folder, 'runs'), '--json'];
  const ran = await timed(process.execPath, [path.resolve('dist/cli.js'), ...words, '--workers', '1']);
  if (!ran) throw new Error('noprop train failed');
  return { seconds: ran.seconds, accuracy: (JSON.parse(ran.out) as { testAccuracy: number }).testAccuracy };
}

async function torch(folder: string, python: string, epochs: number, threads: number): Promise<Ran | undefined> {
  const words = ['test/bench/pytorchImages.py', folder, String(epochs), String(HIDDEN), String(threads)];
  const ran = await timed(python, words);
  return ran && { seconds: ran.seconds, accuracy: (JSON.parse(ran.out) as { accuracy: number }).accuracy };
}

/**
 * Prints the whole time of `noprop train` on images written by the glyph generator: loading, splitting, so many epochs,
 * and evaluation, from the start of the process to its end; and that of a PyTorch script doing the same, in turns.
 * Words: key=value of rounds, n, epochs and python.
 */
export async function run(words: readonly string[]): Promise<void> {
  const options = Object.fromEntries(words.map((word) => word.split('='))) as Options;
  const [rounds, n, epochs] = [Number(options.rounds ?? 3), Number(options.n ?? 10_000), Number(options.epochs ?? 20)];
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-images-'));
  try {
    await writeGlyphs(folder, n);
    const steps = Math.ceil((epochs * TRAIN * n) / BATCH);
    const experiment = {
      version: 1,
      name: 'Images',
      schedules: [{ id: 'linear-gamma' }],
      data: { id: 'idx', images: 'images.gz', labels: 'labels.gz', testShare: 1 - TRAIN },
      model: { hidden: [HIDDEN, HIDDEN] },
      training: { steps, batch: BATCH },
      integrator: { id: 'euler', steps: 20 },
    };
    await fs.writeFile(path.join(folder, 'images.noprop.json'), JSON.stringify(experiment));
    console.log(`  ${n} glyph digits of 28 x 28 drawn by this program, as gzipped IDX files; NoProp-CT, hidden ${HIDDEN}, ${HIDDEN},`); // prettier-ignore
    console.log(`  ${epochs} epochs = ${steps} steps of ${BATCH}; whole processes, from start to end, ${rounds} turns`);
    const contenders: Record<string, () => Promise<Ran | undefined>> = {
      'noprop train': () => ours(folder),
      'torch, threads: 1': () => torch(folder, options.python ?? 'python3', epochs, 1),
      'torch, threads: 2': () => torch(folder, options.python ?? 'python3', epochs, 2),
    };
    const results = new Map<string, Ran[]>();
    for (let round = 0; round < rounds; round++)
      for (const [name, start] of Object.entries(contenders)) {
        const ran = await start();
        if (ran) results.set(name, [...(results.get(name) ?? []), ran]);
      }
    for (const [name, all] of results) {
      const { best, median, worst } = quantiles(all.map(({ seconds }) => seconds));
      const range = `${best.toFixed(1)} to ${worst.toFixed(1)}`;
      console.log(
        `    ${name.padEnd(18)} ${median.toFixed(1)} s (${range}); test accuracy ${all[0]!.accuracy.toFixed(4)}`,
      );
    }
    if (results.size === 1) console.log(`  ${options.python ?? 'python3'} has no torch: ours alone`);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}
