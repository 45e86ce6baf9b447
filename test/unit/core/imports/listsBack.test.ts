import assert from 'node:assert/strict';
import { experimentSchema, type Experiment } from '../../../../src/core/experiment/experiment';
import { experimentFlow } from '../../../../src/core/experiment/experimentFlow';
import { sigmoid } from '../../../../src/core/math/stable';
import { entrySchedule } from '../../../../src/core/schedules/entry';
import { exportedText } from '../../support/exported';
import { alphaBarAt, close, ofConfig, ofText } from './support';

const experimentOf = (...schedules: object[]): Experiment =>
  experimentSchema.parse({ version: 1, name: 'An export', schedules });

const SD = { id: 'discrete', inputs: { rule: 'scaled_linear' }, params: { betaStart: 0.00085, betaEnd: 0.012 } };

const curve = (experiment: Experiment) => {
  const { logSnr } = entrySchedule(experiment.schedules[0]!);
  return (t: number) => sigmoid(logSnr(t));
};

describe('what is exported, read back', () => {
  for (const [name, schedule] of [
    ['a table of diffusers', SD],
    ['cosine', { id: 'cosine' }],
    ['linear gamma, whose ends are finite', { id: 'linear-gamma' }],
    ['EDM', { id: 'edm' }],
    ['SD3', { id: 'rectified-flow', params: { shift: 3 } }],
    ['Laplace', { id: 'laplace' }],
  ] as const)
    it(`CSV of ${name}: the same alphaBar at every time of the file, whichever of its columns is read`, () => {
      const experiment = experimentOf(schedule);
      const text = exportedText('csv', experiment);
      const alphaBar = curve(experiment);
      for (const as of [undefined, 'alphas-cumprod', 'log-snr']) {
        const again = ofText(text, { as }, 'curves.csv');
        for (let i = 0; i < 1000; i++) close(alphaBarAt(again, i / 1000), alphaBar(i / 1000), 1e-12, `t = ${i / 1000}`);
      }
    });

  it('CSV of several schedules: the first one is read, and told', () => {
    const experiment = experimentOf({ id: 'cosine' }, SD);
    const again = ofText(exportedText('csv', experiment), {}, 'curves.csv');
    close(alphaBarAt(again, 0.3), curve(experiment)(0.3), 1e-12);
    const note = again.assumed.find(({ key }) => key === 'schedule');
    assert.deepEqual([note!.value, note!.note], ['"Cosine"', 'the first of the 2 in the file']);
  });

  it('the row at the data end of a CSV from 0 to 1 is left out, and told; that of rows of a table is not', () => {
    const ends = ofText('t,alphaBar\n0,0.1\n0.5,0.5\n1,0.9\n', {}, 'a.csv');
    close(alphaBarAt(ends, 0), 0.1, 1e-15);
    close(alphaBarAt(ends, 0.5), 0.5, 1e-15);
    assert.ok(ends.assumed.some(({ key, value }) => key === 'the row at the data end' && value === 'left out'));
    const rows = ofText('t,alphaBar\n0,0.9\n1,0.5\n2,0.1\n', {}, 'a.csv');
    assert.equal((rows.experiment.schedules[0]!.inputs.table as []).length, 3);
    const noiseAtOne = ofText('t,alphaBar\n0,0.99\n0.5,0.5\n1,0.01\n', {}, 'a.csv');
    close(alphaBarAt(noiseAtOne, 0), 0.01, 1e-15);
  });

  it('the betas of a curve as a list, as text and as a key of JSON', () => {
    const experiment = experimentOf({ id: 'cosine' });
    const { trained_betas: betas } = JSON.parse(exportedText('diffusers', experiment)) as { trained_betas: number[] };
    const alphaBar = curve(experiment);
    for (const again of [ofText(betas.join('\n'), { as: 'betas' }), ofText(JSON.stringify({ betas }))])
      for (const row of [0, 1, 499, 998, 999])
        close(alphaBarAt(again, row === 999 ? 0 : 1 - (row + 1) / 1000), alphaBar(row === 999 ? 0 : 1 - (row + 1) / 1000), 1e-11); // prettier-ignore
  });

  it('alphas_cumprod as Python prints them, with inf among log-SNRs', () => {
    const alphas = ofText('alphas_cumprod = tensor([9.9915e-01, 5.0000e-01, 4.6600e-03])');
    close(alphaBarAt(alphas, 0), 0.00466, 1e-15);
    const infinite = ofText('log_snr = tensor([-inf, -2.0, 3.0, inf])');
    assert.equal(alphaBarAt(infinite, 0), 0);
    assert.ok(infinite.assumed.some(({ value }) => value === 'left out'));
  });

  it('k-diffusion: its config.json, and the sigmas of its steps as ComfyUI takes them', () => {
    const config = { model: { sigma_data: 0.5, sigma_min: 0.01, sigma_max: 80 } };
    const first = ofText(JSON.stringify(config), {}, 'config.json');
    const text = exportedText('sigmas', first.experiment);
    const sigmas = text.split(', ').map(Number);
    close(sigmas[0]!, 80, 1e-12);
    close(sigmas.at(-1)!, 0.01, 1e-12);
    const again = ofText(text);
    const steps = [...experimentFlow(first.experiment).times].reverse();
    const table = again.experiment.schedules[0]!.inputs.table as readonly number[];
    assert.equal(table.length, steps.length);
    table.forEach((gamma, i) => close(sigmoid(gamma), alphaBarAt(first, steps[i]!), 1e-13, `level ${i}`));
  });

  it("SD1.5 by Karras: the exported sigmas are the numbers of the class, and ComfyUI's text gives them back", () => {
    const sd = ofConfig({ _class_name: 'DPMSolverMultistepScheduler', beta_start: 0.00085, beta_end: 0.012, beta_schedule: 'scaled_linear', use_karras_sigmas: true }); // prettier-ignore
    const ten = { ...sd.experiment, integrator: { ...sd.experiment.integrator, steps: 10 } };
    const sigmas = exportedText('sigmas', ten).split(', ').map(Number);
    const expected = [14.614641, 9.102928, 5.478392, 3.168603, 1.749417, 0.914072, 0.446918, 0.201398, 0.08191, 0.029167, 0]; // prettier-ignore
    assert.equal(sigmas.length, expected.length);
    sigmas.slice(0, 10).forEach((sigma, k) => close(sigma, expected[k]!, 1e-5, `step ${k + 1}`));
    const again = ofText(expected.join(', '));
    assert.equal(again.experiment.integrator.steps, 10);
    close(alphaBarAt(again, 0), 1 / (1 + 14.614641 ** 2), 1e-15);
  });
});
