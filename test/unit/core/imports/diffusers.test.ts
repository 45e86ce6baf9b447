import assert from 'node:assert/strict';
import { schedulerClasses, WITHOUT_SCHEDULE } from '../../../../src/core/imports/diffusers/classes';
import type { Imported } from '../../../../src/core/imports';
import {
  alphaBarAt,
  assertRuns,
  close,
  flowSigmaAt,
  logSnrAt,
  ofConfig,
  stepLogSnrs,
  stepTimes,
  textFile,
} from './support';
import { importFile } from '../../../../src/core/imports';

const scaledLinear = {
  beta_start: 0.00085,
  beta_end: 0.012,
  beta_schedule: 'scaled_linear',
  num_train_timesteps: 1000,
};

const keys = (notes: readonly { readonly key: string }[]) => notes.map(({ key }) => key);
const noteOf = (notes: Imported['used'], key: string) => notes.find((one) => one.key === key)?.note;

describe("schedulers' configurations of diffusers", () => {
  for (const { name } of schedulerClasses)
    it(`${name}: its defaults make an experiment that opens and runs, and Flax's name too`, () => {
      const imported = ofConfig({ _class_name: name, _diffusers_version: '0.30.0' });
      assert.equal(imported.format, 'diffusers');
      assert.deepEqual(keys(imported.used), ['_class_name']);
      assert.deepEqual(keys(imported.unused), ['_diffusers_version']);
      assert.ok(imported.hasSchedule);
      assertRuns(imported);
      const flax = ofConfig({ _class_name: `Flax${name}` });
      const made = ({ experiment }: Imported) => ({ ...experiment, name: '', imported: undefined });
      assert.deepEqual(made(flax), made(imported));
    });

  for (const name of Object.keys(WITHOUT_SCHEDULE))
    it(`${name} has no noise schedule, and is refused with the reason`, () => {
      assert.throws(() => ofConfig({ _class_name: name }), { name: 'InputError', message: new RegExp(`^${name} has no noise schedule: `) }); // prettier-ignore
    });

  it('SD3: the shift is applied once, down to the least of its 1000 sigmas', () => {
    const sd3 = ofConfig({ _class_name: 'FlowMatchEulerDiscreteScheduler', _diffusers_version: '0.29.0', num_train_timesteps: 1000, shift: 3 }); // prettier-ignore
    for (const [t, sigma] of [[0.25, 0.9], [0.5, 0.75], [0.75, 0.5], [0.999, 0.002994012]] as const) close(flowSigmaAt(sd3, t), sigma, 1e-9); // prettier-ignore
    close(logSnrAt(sd3, 0.25), -4.394449, 1e-6);
    close(logSnrAt(sd3, 0.5), -2.197225, 1e-6);
    assert.equal(sd3.experiment.integrator.id, 'exponential-1');
  });

  it('FlowMatch in one step begins with noise alone and gives no NaN', () => {
    for (const config of [{ shift: 3 }, { shift_terminal: 0.1 }]) {
      const one = ofConfig({ _class_name: 'FlowMatchEulerDiscreteScheduler', ...config });
      const [logSnr] = stepLogSnrs(one, 1) as [number];
      assert.equal(logSnrAt(one, 0), -Infinity);
      close(1 / (1 + Math.exp(logSnr / 2)), 1, 1e-3); // where the window begins
    }
  });

  describe('a dynamic shift', () => {
    const flux = { _class_name: 'FlowMatchEulerDiscreteScheduler', shift: 3, use_dynamic_shifting: true, base_shift: 0.5, max_shift: 1.15, base_image_seq_len: 256, max_image_seq_len: 4096 }; // prettier-ignore
    for (const [sequenceLength, shift] of [
      [256, 1.6487213],
      [1024, 1.8776106],
      [4096, 3.1581929],
    ] as const)
      // prettier-ignore
      it(`at ${sequenceLength} tokens it is ${shift}`, () => {
        const imported = ofConfig(flux, { sequenceLength });
        close(imported.experiment.schedules[0]!.params.shift!, shift, 5e-8);
        assert.equal(noteOf(imported.unused, 'shift'), 'use_dynamic_shifting is on: mu rules');
        assert.ok(!keys(imported.assumed).includes('sequence length'));
      });

    it('without a length it is that of the largest picture, and says so', () => {
      const imported = ofConfig(flux);
      const sigmas = [0, 0.25, 0.5, 0.75].map((t) => flowSigmaAt(imported, t));
      [1, 0.9045308, 0.7595109, 0.5128441].forEach((sigma, i) => close(sigmas[i]!, sigma, 5e-8));
      assert.deepEqual(imported.assumed.find(({ key }) => key === 'sequence length')?.value, '4096');
    });

    it('with time_shift_type linear the shift is mu', () => {
      const imported = ofConfig({ ...flux, time_shift_type: 'linear' });
      assert.equal(imported.experiment.schedules[0]!.params.shift, 1.15);
    });

    it('a length for a file without one has no effect, which is said', () => {
      const { warnings } = ofConfig({ _class_name: 'FlowMatchEulerDiscreteScheduler' }, { sequenceLength: 9 });
      assert.deepEqual(warnings, ['a sequence length was given and has no effect: use_dynamic_shifting is off']);
    });
  });

  it('shift_terminal: the last step begins at that share of noise', () => {
    const ltx = ofConfig({ _class_name: 'FlowMatchEulerDiscreteScheduler', num_train_timesteps: 1000, shift: 1, shift_terminal: 0.1, use_dynamic_shifting: false }); // prettier-ignore
    const sigmas = stepLogSnrs(ltx, 4).map((logSnr) => 1 / (1 + Math.exp(logSnr / 2)));
    [1, 0.7, 0.4, 0.1].forEach((sigma, k) => close(sigmas[k]!, sigma, k ? 1e-12 : 1e-3, `step ${k}`));
  });

  it('Wan: use_flow_sigmas makes a flow, and the betas beside it are not used', () => {
    const wan = { _class_name: 'UniPCMultistepScheduler', beta_start: 0.0001, beta_end: 0.02, beta_schedule: 'linear', flow_shift: 3, prediction_type: 'flow_prediction', use_flow_sigmas: true, solver_order: 2 }; // prettier-ignore
    const imported = ofConfig(wan);
    [[0.25, -4.394449], [0.5, -2.197225], [0.75, 0]].forEach(([t, logSnr]) => close(logSnrAt(imported, t!), logSnr!, 1e-6)); // prettier-ignore
    for (const key of ['beta_start', 'beta_end', 'beta_schedule'])
      assert.equal(noteOf(imported.unused, key), 'use_flow_sigmas is on');
    assert.equal(imported.experiment.integrator.id, 'unipc-2');
    const five = ofConfig({ ...wan, flow_shift: 5 });
    [[0.25, 0.9375], [0.5, 0.8333333], [0.75, 0.625]].forEach(([t, sigma]) => close(flowSigmaAt(five, t!), sigma!, 5e-8)); // prettier-ignore
  });

  describe('CogVideoX', () => {
    const config = { _class_name: 'CogVideoXDDIMScheduler', ...scaledLinear, rescale_betas_zero_snr: true, snr_shift_scale: 3, prediction_type: 'v_prediction', timestep_spacing: 'trailing' }; // prettier-ignore
    const rows: readonly (readonly [number, number, number])[] = [[0.999, 0.9974543276, 1e-10], [0.5, 0.09596956169, 1e-11], [0.001, 6.230788e-8, 1e-14], [0, 0, 0]]; // prettier-ignore

    it('the SNR is divided by 3 before it is rescaled to zero', () => {
      const imported = ofConfig(config);
      for (const [t, alphaBar, tolerance] of rows) close(alphaBarAt(imported, t), alphaBar, tolerance, `t = ${t}`);
      assert.deepEqual(imported.warnings, []);
      assert.equal(imported.experiment.grid.id, 'trailing');
    });

    it('its own default is 3, and DDIMScheduler has no such key', () => {
      const { snr_shift_scale, ...without } = config;
      assert.equal(snr_shift_scale, 3);
      close(alphaBarAt(ofConfig(without), 0.5), 0.09596956169, 1e-11);
      const ddim = ofConfig({ ...config, _class_name: 'DDIMScheduler' });
      close(alphaBarAt(ddim, 0.5), 0.2423591666, 1e-10);
      assert.equal(noteOf(ddim.unused, 'snr_shift_scale'), 'DDIMScheduler has no such key');
    });

    it('zero SNR with prediction_type epsilon warns', () => {
      const { warnings } = ofConfig({ ...config, prediction_type: 'epsilon' });
      assert.match(warnings[0]!, /prediction_type epsilon says nothing about the data there/);
    });
  });

  it("DDPM as Python writes it, with -Infinity: DDPM's numbers", () => {
    const python = '{"_class_name": "DPMSolverMultistepScheduler", "beta_end": 0.02, "beta_schedule": "linear", "beta_start": 0.0001, "lambda_min_clipped": -Infinity, "num_train_timesteps": 1000}'; // prettier-ignore
    const imported = importFile(textFile(python));
    close(alphaBarAt(imported, 0.999), 0.9999, 1e-15);
    close(alphaBarAt(imported, 0.499), 0.0777966584, 1e-10);
    close(alphaBarAt(imported, 0), 4.03582977e-5, 1e-13);
    assert.ok(keys(imported.unused).includes('lambda_min_clipped'));
  });

  it('Karras sigmas of Stable Diffusion 1.5 are those of the whole table', () => {
    const imported = ofConfig({ _class_name: 'DPMSolverMultistepScheduler', ...scaledLinear, use_karras_sigmas: true });
    const sigmas = stepLogSnrs(imported, 10).map((logSnr) => Math.exp(-logSnr / 2));
    const expected = [14.614641, 9.102928, 5.478392, 3.168603, 1.749417, 0.914072, 0.446918, 0.201398, 0.08191, 0.029167]; // prettier-ignore
    assert.equal(sigmas.length, 10);
    expected.forEach((sigma, k) => close(sigmas[k]!, sigma, 1e-5, `step ${k}`));
    assert.equal(imported.experiment.integrator.id, 'dpmpp-2m');
  });

  it('exponential, lu and beta sigmas are those of SciPy on the same table', () => {
    const sigmasWith = (key: string) =>
      stepLogSnrs(ofConfig({ _class_name: 'DPMSolverMultistepScheduler', ...scaledLinear, [key]: true }), 6).map(
        (logSnr) => Math.exp(-logSnr / 2),
      );
    const exponential = [14.614641229333637, 4.215114244752603, 1.2157115469009985, 0.3506321488458646, 0.10112835081452129, 0.029167158151720367]; // prettier-ignore
    const beta = [14.614641229333639, 12.821769225239331, 9.324475333110637, 5.319333054374717, 1.8220391622460281, 0.029167158151720367]; // prettier-ignore
    for (const [key, expected] of [
      ['use_exponential_sigmas', exponential],
      ['use_lu_lambdas', exponential],
      ['use_beta_sigmas', beta],
    ] as const)
      // prettier-ignore
      sigmasWith(key).forEach((sigma, k) => close(sigma, expected[k]!, 1e-9, `${key}, step ${k}`));
  });

  // The first step begins at the table's noisiest row, where the states are.
  for (const [title, config, rows] of [
    ['leading', { _class_name: 'DDIMScheduler', steps_offset: 1 }, [901, 801, 701, 601, 501, 401, 301, 201, 101, 1]],
    [
      'linspace',
      { _class_name: 'PNDMScheduler', timestep_spacing: 'linspace' },
      [999, 888, 777, 666, 555, 444, 333, 222, 111, 0],
    ],
    [
      'trailing',
      { _class_name: 'DDIMScheduler', timestep_spacing: 'trailing' },
      [999, 899, 799, 699, 599, 499, 399, 299, 199, 99],
    ],
    [
      'leading of DPM-Solver',
      { _class_name: 'DPMSolverMultistepScheduler', timestep_spacing: 'leading', steps_offset: 1 },
      [901, 811, 721, 631, 541, 451, 361, 271, 181, 91],
    ],
    [
      'linspace of DPM-Solver',
      { _class_name: 'DPMSolverMultistepScheduler' },
      [999, 899, 799, 699, 599, 500, 400, 300, 200, 100],
    ],
  ] as const)
    // prettier-ignore
    it(`${title}: ten steps begin at the rows of the class itself`, () => {
      const times = stepTimes(ofConfig({ ...scaledLinear, ...config }), 10);
      assert.deepEqual(times.slice(1).map((t) => Math.round((1 - t) * 1000 - 1)), rows.slice(1)); // prettier-ignore
    });

  it('an offset belongs to leading alone', () => {
    const { unused } = ofConfig({ _class_name: 'DDIMScheduler', timestep_spacing: 'trailing', steps_offset: 1 });
    assert.equal(noteOf(unused, 'steps_offset'), 'timestep_spacing trailing does not use it');
  });

  it('EDM gives gamma = -2 ln sigma, and tells sigma_data', () => {
    const edm = ofConfig({
      _class_name: 'EDMEulerScheduler',
      sigma_min: 0.002,
      sigma_max: 80,
      sigma_data: 0.5,
      rho: 7,
    });
    close(logSnrAt(edm, 0), -2 * Math.log(80), 1e-12);
    close(logSnrAt(edm, 1), -2 * Math.log(0.002), 1e-12);
    assert.match(noteOf(edm.unused, 'sigma_data')!, /scales the network/);
    const exponential = ofConfig({ _class_name: 'EDMEulerScheduler', sigma_schedule: 'exponential' });
    close(logSnrAt(exponential, 0.5), -Math.log(80) - Math.log(0.002), 1e-12);
    const video = ofConfig({ _class_name: 'EulerDiscreteScheduler', ...scaledLinear, use_karras_sigmas: true, timestep_type: 'continuous', sigma_min: 0.002, sigma_max: 700, prediction_type: 'v_prediction' }); // prettier-ignore
    close(logSnrAt(video, 0), -2 * Math.log(700), 1e-12);
    assert.match(noteOf(video.unused, 'beta_start')!, /timestep_type is continuous/);
  });

  it('IPNDM and exp of Heun have no table of their own: the formulas are theirs', () => {
    const ipndm = ofConfig({ _class_name: 'IPNDMScheduler' });
    close(alphaBarAt(ipndm, 0.3), 1 - Math.sin((0.7 * Math.PI) / 2) ** 4, 1e-14);
    const heun = ofConfig({ _class_name: 'HeunDiscreteScheduler', beta_schedule: 'exp' });
    close(Math.log(alphaBarAt(heun, 0.5)), -6, 1e-12);
  });

  it('trained betas are taken in place of a rule, and a class by its older names', () => {
    const imported = ofConfig({
      _class_name: 'DDPMScheduler',
      trained_betas: [0.1, 0.2, 0.5],
      beta_schedule: 'linear',
    });
    assert.deepEqual(imported.experiment.schedules[0]!.inputs.table, [0.1, 0.2, 0.5]);
    assert.match(noteOf(imported.unused, 'beta_schedule')!, /trained_betas are there/);
    const old = ofConfig({ _class_name: 'GaussianDDPMScheduler', timesteps: 500, tensor_format: 'pt' });
    assert.equal(old.experiment.schedules[0]!.params.steps, 500);
    assert.match(noteOf(old.used, '_class_name')!, /read as DDPMScheduler/);
  });

  it('a file that names no class is read by its keys, and says as what', () => {
    const betas = ofConfig({ beta_start: 0.001 });
    assert.equal(betas.assumed[0]!.value, 'DDPMScheduler');
    assert.equal(ofConfig({ shift: 3 }).assumed[0]!.value, 'FlowMatchEulerDiscreteScheduler');
  });

  it('every key of a file is used or unused, once', () => {
    const config = { _class_name: 'EulerDiscreteScheduler', ...scaledLinear, clip_sample: false, set_alpha_to_one: false, skip_prk_steps: true, interpolation_type: 'linear', trained_betas: null, sample_max_value: 1, mine: [1, 2] }; // prettier-ignore
    const { used, unused } = ofConfig(config);
    assert.deepEqual(keys([...used, ...unused]).sort(), Object.keys(config).sort());
    assert.equal(noteOf(unused, 'mine'), 'EulerDiscreteScheduler has no such key');
  });
});
