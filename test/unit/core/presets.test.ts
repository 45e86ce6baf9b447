import assert from 'node:assert/strict';
import { parseExperiment } from '../../../src/core/experiment/document';
import { entrySchedule, newEntry } from '../../../src/core/schedules/entry';
import { evaluate } from '../../../src/core/schedules/quantities';
import { tableFromText } from '../../../src/core/imports/inputText';
import { presetOf, presets } from '../../../src/core/schedules/presets';

const FIRST = 1 - 1 / 1000;

/** Signal share, or noise over signal, as each source prints it: at the time of its least noisy value and of its noisiest. */
const published: Record<string, [data: number, at: number, noise: number, digits: number]> = {
  ddpm: [0.9999, FIRST, 4.03582977e-5, 9],
  'ddpm-zero-snr': [0.9999, FIRST, 0, 9],
  'sd-1-5': [0.99915, FIRST, 0.00466009851, 9],
  sdxl: [0.99915, FIRST, 0.00466009851, 9],
  'nichol-dhariwal': [1, 1, 0, 9],
  vdm: [1 / (1 + Math.exp(-13.3)), 1, 1 / (1 + Math.exp(5)), 9],
  edm: [1 / (1 + 0.002 ** 2), 1, 1 / (1 + 80 ** 2), 9],
  sd3: [1, 1, 0, 9],
  noprop: [1, 1, 0, 9],
  'jax-noprop': [0.99, 1, 0.01, 9],
};

describe('presets', () => {
  for (const [id, [data, at, noise, digits]] of Object.entries(published))
    it(`${id}: alphaBar begins and ends as its source has it`, () => {
      const { alphaBar } = evaluate(entrySchedule(presetOf(id).entry), Float64Array.of(at, 0));
      assert.deepEqual([...alphaBar].map((value) => value.toPrecision(digits)), [data, noise].map((value) => value.toPrecision(digits))); // prettier-ignore
    });

  for (const { id, entry } of presets)
    it(`${id}: it is an entry of an experiment, with nothing wrong`, () => {
      const { experiment, problems } = parseExperiment(JSON.stringify({ version: 1, schedules: [entry] }));
      assert.deepEqual(problems, []);
      assert.deepEqual(experiment?.schedules[0], entry);
    });

  it('SD3 shifts the middle of time to a noise share of 3/4', () => {
    const snr = Math.exp(entrySchedule(presetOf('sd3').entry).logSnr(0.5));
    assert.ok(Math.abs(1 / (1 + Math.sqrt(snr)) - 0.75) < 1e-15);
  });

  it('an unknown one is refused with those there are', () => {
    const message = `unknown preset "ddpn": choose one of ${presets.map(({ id }) => id).join(', ')}`;
    assert.throws(() => presetOf('ddpn'), { name: 'InputError', message });
  });
});

describe('betas from a text', () => {
  const table = (text: string) => tableFromText(text).inputs.table;

  for (const [name, text] of [
    ['commas', '0.1, 0.2,0.3'],
    ['lines', '.1\n2e-1\r\n0.3\n'],
    ['blanks and semicolons', ' 0.1 0.2; 0.3 '],
    ['a JSON list', '[0.1, 0.2, 0.3]'],
    ['CSV with one column', 'noise\n0.1\n0.2\n0.3\n'],
    ['CSV with a column of betas', '\uFEFFstep,beta,note\n0,0.1,a\n1,0.2,"b, c"\n2,0.3,\n'],
    ['tab-separated values', 'step\tBetas\n0\t0.1\n1\t0.2\n2\t0.3'],
    ['a configuration with trained betas', '{"_class_name": "FlaxDDPMScheduler", "trained_betas": [0.1, 0.2, 0.3]}'],
  ] as const)
    it(`reads ${name}`, () => {
      assert.equal(tableFromText(text).id, 'betas');
      assert.deepEqual(table(text), [0.1, 0.2, 0.3]);
    });

  it("reads a scheduler's configuration as the table it describes", () => {
    const config = { _class_name: 'DDIMScheduler', beta_schedule: 'scaled_linear', beta_start: 0.00085, beta_end: 0.012, num_train_timesteps: 1000, trained_betas: null }; // prettier-ignore
    assert.deepEqual(tableFromText(JSON.stringify(config)), presetOf('sd-1-5').entry);
    assert.deepEqual(tableFromText('{"beta_start": 0.001}'), {
      ...newEntry('discrete'),
      params: { betaStart: 0.001, betaEnd: 0.02, steps: 1000 },
    });
    assert.deepEqual(
      tableFromText('{"beta_schedule": "linear", "rescale_betas_zero_snr": true}'),
      presetOf('ddpm-zero-snr').entry,
    );
  });

  it('reads the numbers that Python writes and JSON lacks, where they do not matter', () => {
    const python =
      '{"beta_schedule": "linear", "lambda_min_clipped": -Infinity, "x": [NaN, Infinity], "note": "-Infinity"}';
    assert.deepEqual(tableFromText(python), tableFromText('{"beta_schedule": "linear"}'));
  });

  for (const [text, message] of [
    ['0.1, 0.2, 1.5', /^row 3 must be a number greater than 0 and at most 1: got 1\.5$/],
    ['0.1\nx\n0.2', /^row 2 must be a number greater than 0 and at most 1: got "x"$/],
    ['[0.1, "0.2"]', /^row 2 must be a number greater than 0 and at most 1: got "0\.2"$/],
    ['[0.1, ', /^this is not JSON: /],
    ['[0.1]', /^there must be 2 to 100000 numbers: got 1$/],
    ['', /^there must be 2 to 100000 numbers: got none$/],
    ['step,value\n0,0.1', /^the header has no column "beta": it has "step", "value"$/],
    ['step,beta\n0,0.1\n1,\n', /^row 2 must be a number greater than 0 and at most 1: got ""$/],
    ['0.1 1 0.2', /^row 2 of table is 1, which only the noisiest row \(row 3\) may be$/],
    ['{"a": 1}', /^this JSON describes no noise schedule: it has no _class_name, trained_betas, beta_schedule, /],
    ['{"beta_schedule": "cos"}', /^unknown beta_schedule "cos": choose one of linear, scaled_linear, /],
    ['{"beta_start": "x"}', /^beta_start must be a number greater than 0 and less than 1: got "x"$/],
    ['{"beta_start": [0.001]}', /^beta_start must be a number greater than 0 and less than 1: got \[0\.001\]$/],
    ['{"beta_start": NaN}', /^beta_start must be a number greater than 0 and less than 1: got NaN$/],
    ['[0.1, -Infinity]', /^row 2 must be a number greater than 0 and at most 1: got -Infinity$/],
    ['{"beta_start": -Infinit}', /^this is not JSON: line 1, column 16: this word is not JSON/],
    [`{"trained_betas": ${'['.repeat(100_000)}`, /^this is not JSON: line 1, column 118: lists and objects are nested/],
    ['{"trained_betas": 3}', /^trained_betas must be a list: got 3$/],
  ] as const)
    it(`${JSON.stringify(text).slice(0, 60)} is refused, by row and value`, () => {
      assert.throws(() => tableFromText(text), { name: 'InputError', message });
    });
});
