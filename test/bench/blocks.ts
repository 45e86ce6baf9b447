import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { experimentSchema } from '../../src/core/experiment';
import { Pool } from '../../src/trainer/pool/pool';
import { jobThreads } from '../../src/trainer/pool/thread';
import { quantiles } from './quantiles';

/** Blocks of every run. */
const BLOCKS = 10;

/** Networks of about the sizes of the bench `trainer`: the data, the hidden width, and the steps that take some seconds. */
const sizes = {
  S1: { data: { id: 'two-moons', params: { n: 2000 } }, hidden: 64, steps: 2400 },
  S2: { data: { id: 'csv', path: 'digits.csv', label: 'digit' }, hidden: 128, steps: 900 },
  S3: { data: { id: 'glyphs', params: { n: 2000, size: 28 } }, hidden: 256, steps: 300 },
} as const;

/** Steps of a run that starts the threads and is not counted. */
const FIRST = 50;

/**
 * Prints the steps a second at which the blocks of NoProp-DT train over one thread and over two, in turns, as the records
 * of whole runs tell. Words: rounds=N and sizes=S1,S2.
 */
export async function run(words: readonly string[]): Promise<void> {
  const options = Object.fromEntries(words.map((word) => word.split('='))) as Partial<
    Record<'rounds' | 'sizes', string>
  >;
  const rounds = Number(options.rounds ?? 7);
  const runs = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-bench-'));
  const folder = path.resolve('media/samples');
  const pools = [1, 2].map((size) => new Pool({ size, start: jobThreads(path.resolve('dist'), false) }));
  try {
    for (const name of (options.sizes?.split(',') ?? Object.keys(sizes)) as (keyof typeof sizes)[]) {
      const { data, hidden, steps } = sizes[name];
      const speed = async (pool: Pool, count: number) => {
        const experiment = experimentSchema.parse({
          version: 1,
          schedules: [{ id: 'linear-gamma' }],
          data,
          model: { id: 'dt', hidden: [hidden, hidden], blocks: BLOCKS },
          training: { batch: 128, steps: count },
        });
        const { state, message, stepsPerSecond, id } = await pool.train({ experiment, folder, runs });
        if (state !== 'done') throw new Error(message ?? state);
        await fs.rm(path.join(runs, id), { recursive: true });
        return stepsPerSecond!;
      };
      const speeds: number[][] = [[], []];
      for (const pool of pools) await speed(pool, FIRST);
      for (let round = 0; round < rounds; round++)
        for (const [i, pool] of pools.entries()) speeds[i]!.push(await speed(pool, steps));
      console.log(`  ${name}: ${BLOCKS} blocks of two hidden layers of ${hidden}, batch 128; ${rounds} runs of ${steps} steps each`); // prettier-ignore
      const [one, two] = speeds.map(quantiles);
      for (const [i, { median, best, worst }] of [one!, two!].entries())
        console.log(`    threads: ${i + 1}  ${median.toFixed(0).padStart(5)} steps/s (${best.toFixed(0)} to ${worst.toFixed(0)})`); // prettier-ignore
      console.log(`    ratio of the medians ${(two!.median / one!.median).toFixed(2)}`);
    }
  } finally {
    await fs.rm(runs, { recursive: true });
  }
}
