import assert from 'node:assert/strict';
import { experimentSchema, type Experiment } from '../../../../src/core/experiment/experiment';
import { experimentFlow } from '../../../../src/core/experiment/experimentFlow';
import { exportFormat } from '../../../../src/core/exports';
import { importFile } from '../../../../src/core/imports';
import { sigmoid } from '../../../../src/core/math/stable';
import { entrySchedule } from '../../../../src/core/schedules/entry';
import { exportedText } from '../../support/exported';

const experimentOf = (parts: object): Experiment =>
  experimentSchema.parse({ version: 1, name: 'An export', schedules: [{ id: 'cosine' }], integrator: { steps: 12 }, ...parts }); // prettier-ignore

const write = exportedText;

const read = (as: string, text: string) =>
  importFile({ name: 'list.txt', bytes: new TextEncoder().encode(text), text }, { as }).experiment;

const SD = { id: 'discrete', inputs: { rule: 'scaled_linear' }, params: { betaStart: 0.00085, betaEnd: 0.012, steps: 1000 } }; // prettier-ignore

describe('export: the steps of an experiment', () => {
  for (const id of ['sigmas', 'flow-sigmas'])
    for (const [name, parts] of [
      ['cosine', {}],
      ['SD 1.5 by Karras', { schedules: [SD], grid: 'karras-sigmas' }],
      ['SD3', { schedules: [{ id: 'rectified-flow', params: { shift: 3 } }] }],
    ] as const)
      it(`${id} of ${name}, read back, give the same alphaBar at every step`, () => {
        const experiment = experimentOf(parts);
        const { logSnr } = entrySchedule(experiment.schedules[0]!);
        const wanted = Array.from(experimentFlow(experiment).times, (t) => sigmoid(logSnr(t))).reverse();
        const table = read(id, write(id, experiment)).schedules[0]!.inputs.table as readonly number[];
        assert.equal(table.length, wanted.length);
        table.forEach((gamma, i) => assert.ok(Math.abs(sigmoid(gamma) - wanted[i]!) < 1e-13, `${i}`));
      });

  it('SD3 with a shift of 3 has the sigmas .9, .75 and .5 where it has .75, .5 and .25 without', () => {
    const sigmasAt = (shift: number) =>
      write('flow-sigmas', experimentOf({ schedules: [{ id: 'rectified-flow', params: { shift } }], integrator: { steps: 4 }, window: { logSnr: 40 } })) // prettier-ignore
        .split(', ')
        .slice(1, 4)
        .map((value) => Number(Number(value).toFixed(6)));
    assert.deepEqual(sigmasAt(1), [0.75, 0.5, 0.25]);
    assert.deepEqual(sigmasAt(3), [0.9, 0.75, 0.5]);
  });

  it('timesteps of a grid of rows are its rows, and read back as its times', () => {
    const experiment = experimentOf({ schedules: [SD], grid: { id: 'trailing', params: { rows: 1000 } }, integrator: { steps: 10 } }); // prettier-ignore
    const text = write('timesteps', experiment);
    assert.equal(text, '[999,899,799,699,599,499,399,299,199,99]\n');
    const times = read('timesteps', text).grid.times!;
    experimentFlow(experiment).times.slice(0, -1).forEach((t, k) => assert.ok(Math.abs(times[k]! - t) < 1e-12)); // prettier-ignore
    assert.deepEqual(exportFormat('timesteps').lost!({ experiment }).slice(0, 1), ['the schedule']);
  });

  it('says where timesteps are rounded, and refuses steps that begin at one row, or at one sigma', () => {
    const [first] = exportFormat('timesteps').lost!({ experiment: experimentOf({ integrator: { steps: 7 } }) });
    assert.match(first!, /^the places of \d steps between two rows: they are rounded$/);
    assert.throws(
      () => write('timesteps', experimentOf({ integrator: { steps: 4000 } })),
      /both begin at row 99\d of 1000: choose fewer steps/,
    );
    const flat = experimentOf({ schedules: [{ id: 'cosine', modifiers: [{ id: 'clamp', params: { min: -2, max: 2 } }] }] }); // prettier-ignore
    assert.throws(() => write('sigmas', flat), /sigma does not fall from t = 0 to t = 0\.08/);
  });
});
