import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { experimentSchema } from '../../src/core/experiment';
import { Desk } from '../../src/trainer/desk';
import { writeGlyphs } from './glyphFiles';

/** What may be set by key=value. */
type Options = Partial<Record<'child' | 'n' | 'folder', string>>;

/** Trains on the files of a folder for a few steps, as a task, and prints the most memory that this process ever had. */
async function measure(folder: string, n: number): Promise<void> {
  const experiment = experimentSchema.parse({
    version: 1,
    schedules: [{ id: 'linear-gamma' }],
    data: { id: 'idx', images: 'images.gz', labels: 'labels.gz' },
    model: { hidden: [256, 256] },
    training: { steps: 50 },
  });
  const desk = new Desk(path.resolve('dist'));
  const begun = performance.now();
  const record = await desk.calls.train({ experiment, folder, runs: path.join(folder, 'runs') });
  const seconds = (performance.now() - begun) / 1000;
  if (record.state !== 'done') throw new Error(record.message);
  console.log(JSON.stringify({ n, peak: process.resourceUsage().maxRSS * 1024, seconds }));
}

export async function run(words: readonly string[]): Promise<void> {
  const options = Object.fromEntries(words.map((word) => word.split('='))) as Options;
  const n = Number(options.n ?? 60_000);
  if (options.child) return measure(options.child, n);
  const folder = options.folder ?? (await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-memory-')));
  await writeGlyphs(folder, n);
  const { stdout } = await promisify(execFile)(process.execPath, [
    process.argv[1]!,
    'memory',
    `child=${folder}`,
    `n=${n}`,
  ]);
  console.log(stdout);
}
