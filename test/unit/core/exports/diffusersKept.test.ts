import assert from 'node:assert/strict';
import type { Experiment } from '../../../../src/core/experiment/experiment';
import { exportFormat } from '../../../../src/core/exports';
import { schedulerClasses, OLD_NAMES } from '../../../../src/core/imports/diffusers/classes';
import { importFile } from '../../../../src/core/imports';
import { readPythonJson } from '../../../../src/core/text/pythonJson';
import { parseExperiment } from '../../../../src/core/experiment/document';
import { exportedText } from '../../support/exported';
import { textFile } from '../imports/support';

const write = (experiment: Experiment) => exportedText('diffusers', experiment);
const lost = (experiment: Experiment) => exportFormat('diffusers').lost!({ experiment });

const open = (text: string, sequenceLength?: number): Experiment =>
  importFile(textFile(text), { sequenceLength }).experiment;

const keysOf = (experiment: Experiment) => readPythonJson(write(experiment)) as Record<string, unknown>;

/** A file with every key of a class, used and unused, and some that it does not have. */
function wholeFile(name: string, defaults: Readonly<Record<string, unknown>>): string {
  const keys = Object.entries(defaults)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  const others = [
    '"clip_sample": false',
    '"lambda_min_clipped": -Infinity',
    '"trained_betas": null',
    '"mine": [1, {"a": 2.50}]',
    '"dynamic_thresholding_ratio": 0.995',
  ];
  const all = [`"_class_name": "${name}"`, '"_diffusers_version": "0.31.0"', ...keys, ...others];
  return `{\n  ${all.map((one) => one.trim()).join(',\n  ')}\n}`;
}

/** The experiment with parts of it changed. */
const changed = (experiment: Experiment, parts: object): Experiment => {
  const { experiment: found, problems } = parseExperiment(JSON.stringify({ ...experiment, ...parts }));
  assert.deepEqual(problems, []);
  return found!;
};

const ddim =
  '{"_class_name": "DDIMScheduler", "_diffusers_version": "0.6.0", "beta_schedule": "scaled_linear", "beta_start": 0.00085, "beta_end": 0.012, "clip_sample": false, "prediction_type": "v_prediction", "set_alpha_to_one": false, "steps_offset": 1, "mine": 7}';
const wan =
  '{"_class_name": "UniPCMultistepScheduler", "beta_start": 0.0001, "beta_end": 0.02, "beta_schedule": "linear", "flow_shift": 3.0, "prediction_type": "flow_prediction", "use_flow_sigmas": true, "solver_order": 2, "disable_corrector": []}';
const flux =
  '{"_class_name": "FlowMatchEulerDiscreteScheduler", "shift": 3.0, "use_dynamic_shifting": true, "base_shift": 0.5, "max_shift": 1.15, "base_image_seq_len": 256, "max_image_seq_len": 4096}';

describe('export: an imported scheduler of diffusers', () => {
  for (const { name, defaults } of schedulerClasses)
    for (const given of [name, `Flax${name}`])
      it(`${given}: the file comes back key for key, also when the experiment was saved and opened`, () => {
        const text = wholeFile(given, defaults);
        const experiment = changed(open(text), {});
        assert.equal(write(experiment), `${text}\n`);
        assert.deepEqual(keysOf(experiment), readPythonJson(text));
        assert.deepEqual(lost(experiment), []);
      });

  for (const name of Object.keys(OLD_NAMES))
    it(`${name}, a name of older versions, comes back as it was`, () => {
      const text = `{"_class_name": "${name}", "timesteps": 500, "tensor_format": "pt"}`;
      assert.equal(write(open(text)), `${text}\n`);
    });

  it('names, labels and steps are no matter of a configuration: it stays as it was', () => {
    const experiment = open(ddim);
    const [first] = experiment.schedules;
    const other = changed(experiment, {
      name: 'mine',
      schedules: [{ ...first, label: 'SD' }],
      integrator: { id: 'exponential-1', steps: 7 },
    });
    assert.equal(write(other), `${ddim}\n`);
  });

  it('a changed schedule is written in the same class, and every other key stays', () => {
    const experiment = open(ddim);
    const [first] = experiment.schedules;
    const other = changed(experiment, { schedules: [{ ...first, params: { ...first!.params, betaEnd: 0.02 } }] });
    assert.deepEqual(keysOf(other), { ...(JSON.parse(ddim) as object), beta_end: 0.02, num_train_timesteps: 1000 });
    assert.deepEqual(lost(other), []);
  });

  it('a changed shift of a flow is written by the key that its class has', () => {
    const shifted = (text: string, length?: number) => {
      const experiment = open(text, length);
      return changed(experiment, { schedules: [{ id: 'rectified-flow', params: { shift: 5 } }] });
    };
    assert.deepEqual(keysOf(shifted(wan)), { ...(JSON.parse(wan) as object), flow_shift: 5 });
    const { use_dynamic_shifting, ...others } = JSON.parse(flux) as Record<string, unknown>;
    assert.equal(use_dynamic_shifting, true);
    assert.deepEqual(keysOf(shifted(flux, 1024)), { ...others, shift: 5 });
    assert.equal(write(open(flux, 1024)), `${flux}\n`);
  });

  it('another grid is written in the same class; one that it does not have is told', () => {
    const experiment = open(ddim);
    const trailing = changed(experiment, { grid: 'trailing' });
    const { steps_offset, ...others } = JSON.parse(ddim) as Record<string, unknown>;
    assert.equal(steps_offset, 1);
    assert.deepEqual(keysOf(trailing), { ...others, timestep_spacing: 'trailing' });
    assert.deepEqual(lost(trailing), []);
    const even = changed(experiment, { grid: 'uniform-gamma' });
    assert.deepEqual(keysOf(even), JSON.parse(ddim));
    assert.deepEqual(lost(even), ['the step grid uniform-gamma: DDIMScheduler takes leading (o 1)']);
  });

  it('Karras sigmas go into a class that has them: Euler takes its own switch', () => {
    const euler = '{"_class_name": "EulerDiscreteScheduler", "beta_schedule": "scaled_linear", "interpolation_type": "linear"}'; // prettier-ignore
    const experiment = changed(open(euler), { grid: { id: 'karras-sigmas' } });
    assert.deepEqual(keysOf(experiment), { ...(JSON.parse(euler) as object), use_karras_sigmas: true });
    assert.deepEqual(lost(experiment), []);
  });

  it('a method of another class is written for that class, with the keys that change nothing there', () => {
    const experiment = changed(open(ddim), { integrator: { id: 'dpmpp-2m' } });
    const keys = keysOf(experiment);
    assert.equal(keys._class_name, 'DPMSolverMultistepScheduler');
    assert.deepEqual([keys.solver_order, keys.prediction_type, keys.mine, keys.clip_sample], [2, 'v_prediction', 7, false]); // prettier-ignore
    assert.equal(lost(experiment)[0], 'the class DDIMScheduler: what has changed is written for DPMSolverMultistepScheduler'); // prettier-ignore
    const again = open(write(experiment));
    assert.deepEqual(again.schedules, experiment.schedules);
    assert.equal(again.integrator.id, 'dpmpp-2m');
  });

  it('a method that no class has leaves the class, and is told', () => {
    const experiment = changed(open(ddim), { integrator: { id: 'rk4' } });
    assert.deepEqual(keysOf(experiment), JSON.parse(ddim));
    assert.deepEqual(lost(experiment), ['the integrator rk4: DDIMScheduler takes exponential-1']);
  });

  it('a curve without a name becomes 1000 betas of the same class', () => {
    const experiment = changed(open(ddim), { schedules: [{ id: 'linear-gamma' }, { id: 'cosine' }] });
    const keys = keysOf(experiment);
    assert.deepEqual([keys._class_name, keys.mine, (keys.trained_betas as []).length], ['DDIMScheduler', 7, 1000]);
    assert.ok(!('beta_start' in keys));
    assert.deepEqual(lost(experiment), [
      'the curve of Linear log-SNR between the 1000 rows of trained_betas',
      'all schedules but the first',
    ]);
  });

  it('a flow that became a table says so in its class', () => {
    const experiment = changed(open(wan), { schedules: [{ id: 'discrete' }], grid: { id: 'linspace', params: { spare: 1 } } }); // prettier-ignore
    const keys = keysOf(experiment);
    assert.deepEqual([keys._class_name, keys.use_flow_sigmas, keys.prediction_type], ['UniPCMultistepScheduler', undefined, 'sample']); // prettier-ignore
    assert.deepEqual(open(write(experiment)).schedules, experiment.schedules);
  });

  it('what is kept in an experiment by hand and is no configuration is left aside', () => {
    const experiment = changed(open(ddim), { imported: { format: 'diffusers', text: '{"_class_name": "Nothing"' } });
    assert.equal(keysOf(experiment)._class_name, 'DDIMScheduler');
    assert.equal(keysOf(experiment).mine, undefined);
    const { problems } = parseExperiment(JSON.stringify({ ...experiment, imported: { format: 3 } }));
    assert.ok(problems.some(({ message }) => message.startsWith('format must be the id of a format: got 3')));
  });
});
