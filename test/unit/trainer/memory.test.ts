import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { experimentSchema } from '../../../src/core/experiment/experiment';
import { startBackend } from '../../../src/trainer/engine/backend';
import { loadData } from '../../../src/trainer/data/load';
import { featureMatrix, MAX_RESIDENT } from '../../../src/trainer/data/featureMatrix';
import { planTraining } from '../../../src/trainer/training/plan';
import { train } from '../../../src/trainer/training/loop';

const [side, n] = [28, 14_000];
const d = side * side;

/** Runs work, and answers the length of the longest array of a kind that was made meanwhile. Views of a buffer, such as tfjs' of its whole heap, are none. */
async function longest(kind: 'Float64Array' | 'Float32Array', work: () => Promise<void>): Promise<number> {
  const real = globalThis[kind] as Float64ArrayConstructor;
  let most = 0;
  const watched = new Proxy(real, {
    construct(target, args: unknown[]) {
      const made = Reflect.construct(target, args) as Float64Array;
      if (!(args[0] instanceof ArrayBuffer)) most = Math.max(most, made.length);
      return made;
    },
  });
  Object.assign(globalThis, { [kind]: watched });
  try {
    await work();
    return most;
  } finally {
    Object.assign(globalThis, { [kind]: real });
  }
}

describe('trainer: memory', function () {
  this.timeout(60_000);
  let folder: string;
  before(async () => {
    await startBackend(path.resolve('dist'));
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-'));
    const header = (...words: number[]) => Buffer.concat(words.map((word) => Buffer.from([word >>> 24, word >>> 16, word >>> 8, word]))); // prettier-ignore
    const pixels = Uint8Array.from({ length: n * d }, (_, k) => (k % 10 === (k / d) % 10 ? 200 : k * 7));
    const labels = Uint8Array.from({ length: n }, (_, i) => i % 10);
    await fs.writeFile(path.join(folder, 'images'), Buffer.concat([header(0x803, n, side, side), pixels]));
    await fs.writeFile(path.join(folder, 'labels'), Buffer.concat([header(0x801, n), labels]));
  });
  after(() => fs.rm(folder, { recursive: true }));

  it('many images stay bytes: no array of their numbers is made to load, split, scale, train on and evaluate them', async () => {
    const experiment = experimentSchema.parse({
      version: 1,
      schedules: [{ id: 'linear-gamma' }],
      data: { id: 'idx', images: 'images', labels: 'labels' },
      model: { hidden: [8] },
      training: { steps: 5, batch: 64 },
      integrator: { id: 'euler', steps: 2 },
    });
    const work = async () => {
      const plan = planTraining(experiment, await loadData(experiment, folder));
      assert.equal((await train(plan)).state, 'done');
    };
    assert.ok(n * d * 0.8 > MAX_RESIDENT);
    for (const kind of ['Float64Array', 'Float32Array'] as const) {
      const most = await longest(kind, work);
      assert.ok(most > 1000 && most < (n * d) / 2, `${kind}: ${most} of ${n * d}`);
    }
  });

  it('bytes are scaled as they are read, to the same numbers', () => {
    const bytes = Uint8Array.from({ length: n * d }, (_, k) => (k * k) % 251);
    const scales = { mean: Float64Array.from({ length: d }, (_, k) => k / 9), scale: new Float64Array(d).fill(0.3) };
    const ids = Int32Array.from({ length: n }, (_, i) => n - 1 - i);
    const kept = featureMatrix(bytes, ids, scales);
    const few = Int32Array.of(5, 0, 777);
    const floats = featureMatrix(bytes, few.map((i) => ids[i]!), scales); // prettier-ignore
    assert.equal(kept.values, undefined);
    assert.deepEqual(kept.select(few).values, floats.values);
    assert.deepEqual(kept.rows(777, 778), floats.rows(2, 3));
    const [one, other] = [new Float32Array(3 * d + 20), new Float32Array(3 * d + 20)];
    kept.copyRows(few, one, 4, d + 5);
    floats.copyRows([0, 1, 2], other, 4, d + 5);
    assert.deepEqual(one, other);
  });
});
