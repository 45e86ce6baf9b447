import assert from 'node:assert/strict';
import { zipSync } from 'fflate';
import { importFile, importFormats } from '../../../../src/core/imports';
import { seriesOf } from '../../../../src/core/imports/lists/series';
import { tableFromText } from '../../../../src/core/imports/inputText';
import { entrySchedule } from '../../../../src/core/schedules/entry';
import { doubles, npyFile } from '../../support/npyFile';
import { alphaBarAt, assertRuns, close, logSnrAt, ofText, stepLogSnrs, stepTimes } from './support';

const kindOf = (text: string) => ofText(text).assumed[0]!.value;

const cosine = Array.from({ length: 10 }, (_, i) => {
  const f = (t: number) => Math.cos((((t + 0.008) / 1.008) * Math.PI) / 2) ** 2;
  return Math.min(1 - f((i + 1) / 10) / f(i / 10), 0.999);
});

describe('lists of numbers', () => {
  it('sigmas of a sampler: each step begins at one of them, and the last removes what noise is left', () => {
    const sigmas = [14.6146, 6.4745, 1.8411, 0.3811, 0.0292];
    const imported = ofText(`${sigmas.join(', ')}, 0.0`);
    assert.equal(imported.assumed[0]!.value, 'sigmas');
    assert.equal(imported.experiment.integrator.steps, 5);
    const steps = stepLogSnrs(imported, 5);
    steps.forEach((logSnr, k) => close(Math.exp(-logSnr / 2), sigmas[k]!, 1e-12 * sigmas[k]!, `step ${k}`));
    assertRuns(imported);
  });

  for (const text of [
    'tensor([14.6, 6.5, 0.03, 0.0000])',
    "sigmas = torch.tensor([14.6, 6.5, 0.03, 0.], device='cuda:0')",
    'array([14.6, 6.5,\n 0.03, 0.])',
    '14.6 6.5 0.03 0',
    '14.6\n6.5\n0.03\n0\n',
    '[14.6, 6.5, 0.03, 0]',
    '{"sigmas": [14.6, 6.5, 0.03, 0], "sampler": "euler"}',
    'step,sigma\n0,14.6\n1,6.5\n2,0.03\n3,0\n',
    'sigmas: 14.6, 6.5, 0.03, 0',
  ])
    it(`${JSON.stringify(text)} is read as sigmas`, () => {
      const imported = ofText(text);
      assert.equal(imported.assumed[0]!.value, 'sigmas');
      close(logSnrAt(imported, 0), -2 * Math.log(14.6), 1e-12);
    });

  it('alphas_cumprod keep every digit, from .npy and from a table that begins with the data', () => {
    const alphas = Array.from({ length: 1000 }, (_, i) => Math.exp(-((i + 1) ** 2) / 5e4));
    const file = { name: 'alphas_cumprod.npy', bytes: npyFile('<f8', '1000,', doubles(alphas)) };
    const imported = importFile(file);
    assert.equal(imported.assumed[0]!.value, 'alphas-cumprod');
    for (const row of [0, 499, 998, 999]) {
      const [found, given] = [alphaBarAt(imported, 1 - (row + 1) / 1000), alphas[row]!];
      close(found / given, 1, 1e-13, `row ${row}`);
    }
    const withData = ofText(JSON.stringify({ alphas_cumprod: [1, ...alphas] }));
    close(alphaBarAt(withData, 1 - 500 / 1000), alphas[499]!, 1e-15);
    assert.ok(withData.assumed.some(({ value }) => value === 'left out'));
  });

  it('a row without signal stays one', () => {
    const imported = ofText('0.9, 0.5, 0.1, 0', { as: 'alphas-cumprod' });
    assert.equal(logSnrAt(imported, 0), -Infinity);
    close(alphaBarAt(imported, 0.25), 0.1, 1e-15);
    const flow = ofText('1, 0.8, 0.4, 0');
    assert.equal(flow.assumed[0]!.value, 'flow-sigmas');
    assert.equal(logSnrAt(flow, 0), -Infinity);
    close(logSnrAt(flow, 1 / 3), 2 * Math.log(0.2 / 0.8), 1e-12);
  });

  it('log-SNRs, and half of them, in either order', () => {
    const imported = ofText('-10, -2, 0.5, 7');
    assert.equal(imported.assumed[0]!.value, 'log-snr');
    close(logSnrAt(imported, 0.25), -2, 1e-15);
    close(logSnrAt(ofText('7, 0.5, -2, -10'), 0.25), -2, 1e-15);
    close(logSnrAt(ofText('-10, -2, 0.5, 7', { as: 'half-log-snr' }), 0.25), -4, 1e-15);
  });

  it('timesteps are a grid, and say nothing of the noise', () => {
    const rows = ofText('999, 749, 499, 249');
    assert.equal(rows.hasSchedule, false);
    stepTimes(rows, 4).slice(1).forEach((t, k) => close(t, [0.25, 0.5, 0.75][k]!, 1e-12)); // prettier-ignore
    const flow = ofText('1000, 937.5, 750', { as: 'timesteps' });
    assert.deepEqual(flow.experiment.grid.times, [0, 0.0625, 0.25]);
  });

  it('of several arrays the one with a known name is taken', () => {
    const bytes = zipSync({
      'steps.npy': npyFile('<i4', '3,', new Uint8Array(Int32Array.of(0, 1, 2).buffer)),
      'betas.npy': npyFile('<f8', '3,', doubles([0.1, 0.2, 0.5])),
    });
    const imported = importFile({ name: 'table.npz', bytes });
    assert.deepEqual(imported.experiment.schedules[0]!.inputs.table, [0.1, 0.2, 0.5]);
    assert.deepEqual(imported.unused.map(({ key }) => key), ['steps']); // prettier-ignore
  });

  it('.npy in other types, orders and shapes', () => {
    const parseNpy = (bytes: Uint8Array, name: string) => seriesOf({ name, bytes })[0]!.values;
    const swapped = Buffer.alloc(8);
    swapped.writeFloatBE(0.5, 0);
    swapped.writeFloatBE(-2, 4);
    assert.deepEqual(parseNpy(npyFile('>f4', '2,', swapped), 'a'), [0.5, -2]);
    assert.deepEqual(parseNpy(npyFile('<f2', '1, 3', Buffer.from([0x00, 0x38, 0x00, 0xbd, 0x01, 0x00])), 'a'), [0.5, -1.25, 2 ** -24]); // prettier-ignore
    assert.deepEqual(parseNpy(npyFile('|u1', '2, 1', Buffer.from([3, 255])), 'a'), [3, 255]);
    for (const [descr, shape, message] of [
      ['<c16', '1,', /its elements are "<c16"/],
      ['<f4', '2, 2', /its shape is 2 x 2: a list is needed/],
      ['<f8', '99999999999,', /it has 99999999999 values: at most 1000000 are read/],
      ['<f8', '3,', /its header says 24 bytes, and 16 follow/],
    ] as const)
      assert.throws(() => parseNpy(npyFile(descr, shape, doubles([1, 2])), 'a'), { name: 'InputError', message });
  });

  it('what an unnamed list is, by its range', () => {
    assert.deepEqual(
      ['0.1, 0.2, 0.3', '999, 500, 0', '80, 4, 0.1', '0.99, 0.5, 0.01', '1, 0.5, 0.2', '0.9, 0.5, 0', '-3, 0, 3'].map(kindOf),
      ['betas', 'timesteps', 'sigmas', 'alphas-cumprod', 'flow-sigmas', 'flow-sigmas', 'log-snr'],
    ); // prettier-ignore
  });

  it("a cosine table's rows: alphaBar[i] is the product up to beta[i]", () => {
    const text = `step,beta\n${cosine.map((beta, i) => `${i},${beta}`).join('\n')}`;
    const table = entrySchedule(tableFromText(text));
    const rows: readonly (readonly [number, number])[] = [[0, 0.9720927371], [4, 0.4938435904], [8, 0.02409172414], [9, 2.409172414e-5]]; // prettier-ignore
    for (const [row, alphaBar] of rows)
      close(1 / (1 + Math.exp(-table.logSnr(1 - (row + 1) / 10))) / alphaBar, 1, 1e-9, `row ${row}`);
    let product = 1;
    const alphas = cosine.map((beta) => (product *= 1 - beta));
    const column = entrySchedule(tableFromText(`step,alphas_cumprod\n${alphas.map((a, i) => `${i},${a}`).join('\n')}`));
    close(column.logSnr(0.5), table.logSnr(0.5), 1e-12);
    assert.throws(() => tableFromText('step,beta\n0,0\n1,0.1\n'), { name: 'InputError', message: /^row 1 must be/ });
  });

  for (const [text, as, message] of [
    ['1, 2, 2, 3', 'sigmas', /^the noise must change one way: value 3 \(2\) does not go on from value 2 \(2\)$/],
    ['0.5, 1.5', 'alphas-cumprod', /^value 2 of alphas-cumprod must be from 0 to 1: got 1\.5$/],
    ['3, -1', 'sigmas', /^value 2 of sigmas must be at least 0: got -1$/],
    ['3, 0', 'sigmas', /^there must be at least 2 noise levels: got 1$/],
    ['5, 1e200', 'log-snr', /has a log-SNR beyond 700$/],
    ['1200, 3', 'timesteps', /^timestep 1 must be from 0 to 1000: got 1200$/],
    ['a,b\n1,2\n3,4', 'sigmas', /^none of the lists is known by its name: there are "a", "b"$/],
    ['a,b\n1,2\n3,4', undefined, /^none of the lists is known by its name/],
    ['1, two, 3', undefined, /value 2 must be a number: got "two"$/],
    ['0, 0.1, 0.2', 'betas', /^row 1 must be a number greater than 0 and at most 1: got 0$/],
    ['0.1, 0.2', 'tarot', /^unknown format "tarot": choose one of diffusers, k-diffusion, /],
  ] as const)
    // prettier-ignore
    it(`${JSON.stringify(text)} as ${as ?? 'what it is'} is refused, by value`, () => {
      assert.throws(() => ofText(text, { as }), { name: 'InputError', message });
    });
});

describe('other files', () => {
  it('k-diffusion: its levels, and the density of its training beside them', () => {
    const config = { model: { type: 'image_v1', sigma_data: 0.5, sigma_min: 0.01, sigma_max: 80, sigma_sample_density: { type: 'lognormal', mean: -1.2, std: 1.2 } }, dataset: {} }; // prettier-ignore
    const imported = ofText(JSON.stringify(config), {}, 'config.json');
    assert.equal(imported.format, 'k-diffusion');
    close(logSnrAt(imported, 0), -2 * Math.log(80), 1e-12);
    assert.deepEqual(imported.experiment.schedules[1]!.params, { pMean: -1.2, pStd: 1.2 });
    assert.deepEqual(imported.used.map(({ key }) => key), ['sigma_min', 'sigma_max', 'sigma_sample_density']); // prettier-ignore
    assert.match(imported.unused.find(({ key }) => key === 'sigma_data')!.note, /scales the network/);
    assertRuns(imported);
    for (const [part, message] of [
      [{ sigma_min: 100 }, /^sigma_max must be greater than sigma_min \(100\): got 80$/],
      [{ sigma_sample_density: { type: 'lognormal', mean: 'a' } }, /must have the numbers mean and std/],
    ] as const)
      assert.throws(() => ofText(JSON.stringify({ model: { ...config.model, ...part } })), { name: 'InputError', message }); // prettier-ignore
  });

  it("a run's weights give its experiment", () => {
    const experiment = { version: 1, name: 'mine', schedules: [{ id: 'cosine' }] };
    const file = { name: 'weights.safetensors', bytes: new Uint8Array(), metadata: { experiment: JSON.stringify(experiment), run: 'r1' } }; // prettier-ignore
    const imported = importFile(file);
    assert.equal(imported.experiment.name, 'mine');
    assert.deepEqual(imported.unused.map(({ key }) => key), ['run']); // prettier-ignore
    assert.throws(() => importFile({ ...file, metadata: { a: 'b' } }), { name: 'InputError', message: /holds no experiment/ }); // prettier-ignore
  });

  it('every format has an id of its own, a title and a summary', () => {
    assert.equal(new Set(importFormats.map(({ id }) => id)).size, importFormats.length);
    for (const { id, title, summary } of importFormats) assert.ok(title && summary, id);
  });
});
