import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { experimentSchema } from '../../src/core/experiment/experiment';
import { TrainingPool } from '../../src/trainer/service/pool/trainingPool';
import { startTrainingThreads } from '../../src/trainer/service/pool/trainingThread';
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
 * of whole runs tell; and those of two runs side by side that share nothing, which is all that two threads of the machine
 * have to give. Words: rounds=N and sizes=S1,S2.
 */
export async function run(words: readonly string[]): Promise<void> {
  const options = Object.fromEntries(words.map((word) => word.split('='))) as Partial<
    Record<'rounds' | 'sizes', string>
  >;
  const rounds = Number(options.rounds ?? 7);
  const runs = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-bench-'));
  const folder = path.resolve('media/samples');
  const [alone, team, other] = [1, 2, 1].map(
    (size) => new TrainingPool({ size, start: startTrainingThreads(path.resolve('dist'), false) }),
  ) as [TrainingPool, TrainingPool, TrainingPool];
  try {
    for (const name of (options.sizes?.split(',') ?? Object.keys(sizes)) as (keyof typeof sizes)[]) {
      const { data, hidden, steps } = sizes[name];
      const speed = async (pool: TrainingPool, count: number) => {
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
      const ways: readonly (readonly [string, (count: number) => Promise<number>])[] = [
        ['one thread', (count) => speed(alone, count)],
        ['two threads', (count) => speed(team, count)],
        [
          'two runs apart',
          async (count) => {
            const [one, two] = await Promise.all([speed(alone, count), speed(other, count)]);
            return one + two;
          },
        ],
      ];
      const speeds = ways.map((): number[] => []);
      for (const [, way] of ways) await way(FIRST);
      for (let round = 0; round < rounds; round++)
        for (const [i, [, way]] of ways.entries()) speeds[i]!.push(await way(steps));
      console.log(`  ${name}: ${BLOCKS} blocks of two hidden layers of ${hidden}, batch 128; ${rounds} runs of ${steps} steps each`); // prettier-ignore
      const all = speeds.map(quantiles);
      for (const [i, { median, best, worst }] of all.entries()) {
        const ratio = (median / all[0]!.median).toFixed(2);
        console.log(`    ${ways[i]![0].padEnd(14)} ${median.toFixed(0).padStart(5)} steps/s (${best.toFixed(0)} to ${worst.toFixed(0)}), ${ratio} times one thread`); // prettier-ignore
      }
    }
  } finally {
    await fs.rm(runs, { recursive: true });
  }
}
