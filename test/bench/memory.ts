import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { experimentSchema } from '../../src/core/experiment/experiment';
import { TrainerService } from '../../src/trainer/service/trainerService';
import { writeGlyphs } from './glyphFiles';

/** What may be set by key=value. */
type Options = Partial<Record<'child' | 'n' | 'folder', string>>;

/** What is allowed for MNIST's own size, in megabytes. */
const MOST = 400;

/** Trains on the files of a folder for a few steps, as a user's run, and prints the most memory this process ever had. */
async function measure(folder: string): Promise<void> {
  const experiment = experimentSchema.parse({
    version: 1,
    schedules: [{ id: 'linear-gamma' }],
    data: { id: 'idx', images: 'images.gz', labels: 'labels.gz' },
    model: { hidden: [256, 256] },
    training: { steps: 200 },
  });
  const begun = performance.now();
  const trainer = new TrainerService(path.resolve('dist'), { workers: 1 });
  const record = await trainer.call('train', [{ experiment, folder, runs: path.join(folder, 'runs') }]);
  const seconds = (performance.now() - begun) / 1000;
  if (record.state !== 'done') throw new Error(record.message);
  const peak = (process.resourceUsage().maxRSS * 1024) / 1e6;
  console.log(
    `  ${record.data.trainRows} images to train on and ${record.data.testRows} to test on, read, split, scaled, 200 steps of ` +
      `784 -> 256 -> 256 -> 10 and an evaluation of all, ${seconds.toFixed(0)} s: at most ${peak.toFixed(0)} MB of memory ` +
      `(node and tfjs included), ${peak < MOST ? 'within' : 'MORE THAN'} ${MOST} MB`,
  );
}

/** Prints the most memory of a fresh process that trains on n images (60,000) drawn by the glyph generator. */
export async function run(words: readonly string[]): Promise<void> {
  const options = Object.fromEntries(words.map((word) => word.split('='))) as Options;
  if (options.child) return measure(options.child);
  const folder = options.folder ?? (await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-memory-')));
  try {
    if (!options.folder) await writeGlyphs(folder, Number(options.n ?? 60_000));
    const script = [process.argv[1]!, 'memory', `child=${folder}`];
    const { stdout } = await promisify(execFile)(process.execPath, script);
    console.log(stdout.trimEnd().split('\n').at(-1));
  } finally {
    if (!options.folder) await fs.rm(folder, { recursive: true });
  }
}
