import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { generateDataset } from '../../../src/core/datasets';
import { parseCsv } from '../../../src/core/datasets/csv';
import { idxDataset } from '../../../src/core/datasets/idx';
import { experimentSchema } from '../../../src/core/experiment/experiment';
import { checkTraining, type DataSize } from '../../../src/core/experiment/trainingMemory';
import { InputError } from '../../../src/core/registry/problem';
import { loadData } from '../../../src/trainer/data/load';
import { ct } from '../../../src/trainer/training/models/ct';
import { totalSize } from '../../../src/trainer/network/tensors';
import { planTraining } from '../../../src/trainer/training/plan';
import { inputError } from '../support/inputError';

describe('sizes that do not fit in memory', () => {
  const experimentOf = (parts: object) =>
    experimentSchema.parse({ version: 1, schedules: [{ id: 'linear-gamma' }], ...parts });
  const mnist = { rows: 60_000, features: 784, states: 10, outputs: 10, bytes: 1 } as const;
  const check = (parts: object, data: Omit<DataSize, 'parameters'> = mnist) => {
    const experiment = experimentOf(parts);
    const job = { experiment, features: data.features, classes: data.outputs, targetCount: 0 };
    checkTraining(experiment, { ...data, parameters: totalSize(ct.parameterShapes(job)) });
  };

  it('the sizes in use fit: MNIST, the widest layers, a large batch, many blocks', () => {
    for (const parts of [{}, { training: { batch: 65_536 } }, { model: { hidden: [4096, 4096, 4096] } }]) check(parts);
  });

  it('weights, batches and data that do not are refused by field, with the figure and what is allowed', () => {
    const refuses = (parts: object, message: RegExp, size: Omit<DataSize, 'parameters'> = mnist) =>
      assert.throws(() => check(parts, size), message);
    // 7 x 4096 x 4097 + 4096 x 811 + 10 x 4097 weights, five numbers of four bytes for each
    refuses(
      { model: { hidden: Array<number>(8).fill(4096) } },
      /^InputError: model\.hidden \[4096, .*\]: the weights, their gradient and the optimiser's moments would take 2\.4 GB of the 2\.5 GB that this training needs, and at most 1\.0 GB fit in memory$/,
    );
    refuses(
      { training: { batch: 65_536 }, model: { hidden: [2048, 2048] } },
      /^InputError: training\.batch 65536: a batch and its way through the network would take [34]\.\d GB of the/,
    );
    const blocks = experimentOf({ model: { id: 'dt', blocks: 200, hidden: [1024, 1024] }, training: { batch: 8 } });
    assert.throws(
      () => checkTraining(blocks, { ...mnist, parameters: 200 * 1_900_000 }),
      /^InputError: model\.hidden \[1024, 1024\]: the weights for each of 200 blocks, their gradient .* 7\.6 GB/,
    );
    refuses({}, /^InputError: data: 1000000 rows of 784 features would take 3\.2 GB/, {
      ...mnist,
      rows: 1e6,
      bytes: 4,
    });
  });

  it('the length of z is that of the embedding: prototypes are as long as x', async () => {
    const plan = async (embedding: string) => {
      const data = { id: 'glyphs', params: { n: 100, size: 64 } };
      const model = { hidden: [256], embedding };
      const experiment = experimentOf({ data, model, training: { batch: 12_000 } });
      return planTraining(experiment, await loadData(experiment, '.'));
    };
    await plan('one-hot');
    await assert.rejects(plan('prototype'), /^InputError: training\.batch 12000: a batch and .* would take 3\.0 GB of/);
  });

  it('averaging keeps a copy more of the weights', () => {
    const model = { hidden: [3000, 4096, 4096, 3000] };
    check({ model });
    assert.throws(() => check({ model, training: { averaging: 0.9 } }), /model\.hidden/);
  });

  it('drawings, tables and images are refused before anything is made of them', () => {
    assert.throws(
      () => generateDataset('glyphs', { n: 100_000, size: 64 }),
      new InputError('glyphs: n x size x size must be at most 50000000 numbers (400 MB): got 409600000 (3.3 GB)'),
    );
    // 600 columns of 100 categories each in 1000 rows
    const names = Array.from({ length: 600 }, (_, k) => `c${k}`);
    const rows = Array.from({ length: 1000 }, (_, i) => names.map(() => `t${i % 100}`).join(',') + `,${i % 2}`);
    assert.throws(
      () => parseCsv([[...names, 'y'].join(','), ...rows].join('\n'), 'y'),
      new InputError('the data file has 1000 rows of 60000 features, 480 MB: at most 400 MB fit in memory'),
    );
    const words = (...values: number[]) => Buffer.concat(values.map((word) => Buffer.from([word >>> 24, word >>> 16, word >>> 8, word]))); // prettier-ignore
    const images = Buffer.concat([words(0x803, 2, 300, 300), Buffer.alloc(2 * 300 * 300)]);
    const labels = Buffer.concat([words(0x801, 2), Buffer.of(1, 2)]);
    assert.throws(
      () => idxDataset(images, labels, { images: 'i', labels: 'l' }),
      new InputError('i has images of 300 x 300 = 90000 pixels: at most 65536 fit in memory'),
    );
  });

  it('files are refused by their size, before they are read', async () => {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-'));
    try {
      const file = path.join(folder, 'big');
      await fs.writeFile(file, '');
      await fs.truncate(file, 3e9);
      const load = (data: object) => loadData(experimentOf({ data }), folder);
      await assert.rejects(
        load({ id: 'csv', path: 'big', label: 'y' }),
        inputError(`the data file ${file} holds 3.0 GB: at most 100 MB fit in memory`),
      );
      await assert.rejects(
        load({ id: 'idx', images: 'big', labels: 'big' }),
        inputError(`the data file ${file} holds 3.0 GB: at most 1.0 GB fit in memory`),
      );
    } finally {
      await fs.rm(folder, { recursive: true });
    }
  });
});
