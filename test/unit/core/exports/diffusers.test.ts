import assert from 'node:assert/strict';
import { experimentSchema, type Experiment } from '../../../../src/core/experiment/experiment';
import { exportFormat } from '../../../../src/core/exports';
import { importFile, type Imported } from '../../../../src/core/imports';
import { sigmoid } from '../../../../src/core/math/stable';
import { entrySchedule } from '../../../../src/core/schedules/entry';
import { exportedText } from '../../support/exported';
import { schedules } from '../../../../src/core/schedules';

const write = (experiment: Experiment) => exportedText('diffusers', experiment);
const lost = (experiment: Experiment) => exportFormat('diffusers').lost!({ experiment });

const read = (text: string): Imported =>
  importFile({ name: 'scheduler_config.json', bytes: new TextEncoder().encode(text), text });

const keysOf = (experiment: Experiment) => JSON.parse(write(experiment)) as Record<string, unknown>;

const experimentOf = (parts: object): Experiment =>
  experimentSchema.parse({ version: 1, name: 'An export', schedules: [{ id: 'cosine' }], ...parts });

const LATENT = { beta_schedule: 'scaled_linear', beta_start: 0.00085, beta_end: 0.012, num_train_timesteps: 1000, prediction_type: 'sample' }; // prettier-ignore

/** Configurations whose every key an experiment holds. */
const whole: readonly Record<string, unknown>[] = [
  { _class_name: 'DDIMScheduler', ...LATENT, timestep_spacing: 'leading', steps_offset: 1 },
  { _class_name: 'DDIMScheduler', ...LATENT, timestep_spacing: 'trailing', rescale_betas_zero_snr: true },
  { _class_name: 'DDPMScheduler', ...LATENT, timestep_spacing: 'leading', steps_offset: 0 },
  { _class_name: 'DDIMScheduler', trained_betas: [0.1, 0.2, 0.5], num_train_timesteps: 3, timestep_spacing: 'trailing', prediction_type: 'sample' }, // prettier-ignore
  { _class_name: 'CogVideoXDDIMScheduler', ...LATENT, snr_shift_scale: 3, rescale_betas_zero_snr: true, timestep_spacing: 'trailing' }, // prettier-ignore
  { _class_name: 'DPMSolverMultistepScheduler', ...LATENT, algorithm_type: 'dpmsolver++', solver_order: 2, use_karras_sigmas: true }, // prettier-ignore
  { _class_name: 'DPMSolverMultistepScheduler', ...LATENT, algorithm_type: 'dpmsolver++', solver_order: 3, timestep_spacing: 'linspace' }, // prettier-ignore
  { _class_name: 'UniPCMultistepScheduler', ...LATENT, solver_order: 2, predict_x0: true, use_beta_sigmas: true },
  { _class_name: 'FlowMatchEulerDiscreteScheduler', num_train_timesteps: 1000, shift: 3 },
  { _class_name: 'FlowMatchEulerDiscreteScheduler', num_train_timesteps: 1000, shift: 3, shift_terminal: 0.1 },
  { _class_name: 'FlowMatchEulerDiscreteScheduler', num_train_timesteps: 1000, shift: 1, use_exponential_sigmas: true },
  { _class_name: 'EDMEulerScheduler', sigma_min: 0.002, sigma_max: 80, rho: 7 },
  { _class_name: 'EDMDPMSolverMultistepScheduler', algorithm_type: 'dpmsolver++', solver_order: 2, sigma_min: 0.01, sigma_max: 50, rho: 5 }, // prettier-ignore
];

describe('export: a scheduler of diffusers', () => {
  for (const config of whole)
    it(`a config comes back key for key: ${JSON.stringify(config).slice(0, 150)}`, () => {
      const { experiment } = read(JSON.stringify(config));
      assert.deepEqual(keysOf(experiment), config);
      assert.deepEqual(lost(experiment), []);
      const again = read(write(experiment)).experiment;
      for (const key of ['schedules', 'grid', 'integrator', 'dynamics'] as const)
        assert.deepEqual(again[key], experiment[key]);
    });

  for (const { id } of schedules)
    it(`${id}: what is read back has the same alphaBar in every row, or it is refused by name`, () => {
      const experiment = experimentOf({ schedules: [{ id }] });
      if (id === 'cauchy')
        return assert.throws(() => write(experiment), /hold Cauchy: row 998 of 1000 leaves less signal/);
      const [before, after] = [experiment, read(write(experiment)).experiment].map((one) => entrySchedule(one.schedules[0]!)); // prettier-ignore
      for (let row = 0; row < 1000; row++) {
        const t = row === 999 ? 0 : 1 - (row + 1) / 1000;
        const [a, b] = [sigmoid(before!.logSnr(t)), sigmoid(after!.logSnr(t))];
        assert.ok(Math.abs(a - b) < 1e-11, `row ${row}: ${a} in the lab, ${b} read back`);
      }
    });

  it('refuses a curve that no table of betas has, and names it and the row', () => {
    const flat = experimentOf({ schedules: [{ id: 'cosine', modifiers: [{ id: 'clamp', params: { min: -2, max: 2 } }] }] }); // prettier-ignore
    assert.throws(() => write(flat), /a diffusers table cannot hold Cosine \+ clamp .*: row 2 of 1000 adds no noise/);
    const early = experimentOf({ schedules: [{ id: 'sqrt', params: { offset: 0.05 } }] });
    assert.throws(() => write(early), /cannot hold Square root.*leaves less signal than a beta can say/);
  });

  it('says what is lost', () => {
    const experiment = experimentOf({ schedules: [{ id: 'cosine' }, { id: 'edm' }], integrator: { id: 'rk4' } });
    assert.deepEqual(lost(experiment), [
      'the curve of Cosine between the 1000 rows of trained_betas',
      'the integrator rk4: DDIMScheduler takes the exact step',
      'the step grid uniform-t: the class takes trailing rows',
      'the dynamics noprop-forward: the class has its own',
      'all schedules but the first',
    ]);
  });
});
