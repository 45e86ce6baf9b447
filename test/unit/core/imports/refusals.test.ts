import assert from 'node:assert/strict';
import { ofConfig, ofText } from './support';

describe('configurations that are refused', () => {
  const flow = { _class_name: 'FlowMatchEulerDiscreteScheduler' };
  const table = { _class_name: 'DPMSolverMultistepScheduler' };
  for (const [config, message] of [
    [
      { _class_name: 'UNet2DConditionModel' },
      /^"UNet2DConditionModel" is no scheduler: take scheduler\/scheduler_config\.json/,
    ],
    [{ _class_name: 'DDIMScheduller' }, /did you mean "DDIMScheduler"/],
    [{ _class_name: 'HeliosScheduler' }, /^HeliosScheduler has no noise schedule/],
    [{ _class_name: 7 }, /^_class_name must be text: got 7$/],
    [{ ...table, beta_start: '0.1' }, /^beta_start must be a number greater than 0 and less than 1: got "0\.1"$/],
    [
      { ...table, num_train_timesteps: 1e12 },
      /^num_train_timesteps must be a whole number from 2 to 100000: got 1000000000000$/,
    ],
    [{ ...table, num_train_timesteps: 10.5 }, /^num_train_timesteps must be a whole number/],
    [{ ...table, beta_schedule: 'quad' }, /^unknown beta_schedule "quad": choose one of linear, scaled_linear/],
    [
      { ...table, trained_betas: Array(100_001).fill(0.1) },
      /^trained_betas: there must be 2 to 100000 numbers: got 100001$/,
    ],
    [{ ...table, trained_betas: [0, 0.1] }, /^trained_betas: row 1 must be a number greater than 0/],
    [
      { ...table, trained_betas: [0.1, 0.2], num_train_timesteps: 1000 },
      /^trained_betas has 2 values and num_train_timesteps is 1000: they contradict/,
    ],
    [
      { ...table, timesteps: 500, num_train_timesteps: 1000 },
      /^timesteps \(500\) and num_train_timesteps \(1000\) contradict/,
    ],
    [
      { ...table, use_karras_sigmas: true, use_flow_sigmas: true },
      /^use_karras_sigmas and use_flow_sigmas are both on: they contradict/,
    ],
    [{ ...table, use_karras_sigmas: 'yes' }, /^use_karras_sigmas must be true or false: got "yes"$/],
    [
      { ...table, prediction_type: 'flow_prediction' },
      /^prediction_type flow_prediction and use_flow_sigmas false contradict/,
    ],
    [{ ...table, solver_order: 4 }, /^solver_order must be 1, 2 or 3: got 4$/],
    [{ ...table, algorithm_type: 'euler' }, /^unknown algorithm_type "euler"/],
    [
      { ...table, timestep_spacing: 'even' },
      /^unknown timestep_spacing "even": choose one of leading, linspace, trailing$/,
    ],
    [{ ...table, rescale_betas_zero_snr: 1 }, /^rescale_betas_zero_snr must be true or false: got 1$/],
    [{ ...flow, shift: 0 }, /^shift must be a number greater than 0 and at most 1000: got 0$/],
    [
      { ...flow, shift: null, use_dynamic_shifting: true, base_image_seq_len: 5, max_image_seq_len: 5 },
      /are both 5: mu does not follow/,
    ],
    [{ ...flow, shift_terminal: 1 }, /^shift_terminal must be a number greater than 0 and less than 1: got 1$/],
    [
      { _class_name: 'EDMEulerScheduler', sigma_min: 80, sigma_max: 1 },
      /^sigma_max must be greater than sigma_min \(80\): got 1$/,
    ],
    [{ _class_name: 'DDPMWuerstchenScheduler', scaler: 2 }, /^scaler 2 is not covered: 1 is$/],
    [{ _class_name: 'IPNDMScheduler', trained_betas: [0.1, 0.2] }, /^trained_betas of IPNDMScheduler are not covered/],
    [{ a: 1, name: 'x' }, /describes no noise schedule that is known here: its keys are a, name$/],
    [{ version: 1, schedules: [] }, /is an experiment: open it as it is$/],
  ] as const)
    // prettier-ignore
    it(`${JSON.stringify(config).slice(0, 90)} is refused, by name`, () => {
      assert.throws(() => ofConfig(config), { name: 'InputError', message });
    });

  for (const [text, message] of [
    ['{\n<<<<<<< HEAD\n"shift": 3\n=======\n"shift": 5\n>>>>>>> other\n}', /^line 2 is the mark of a merge conflict/],
    ['{"_class_name": "DDIMScheduler",', /^this is not JSON: line 1, column/],
    ['[1, 2', /^this is not JSON/],
    [`{"shift": ${'['.repeat(100_000)}`, /^this is not JSON: line 1, column \d+: lists and objects are nested/],
    ['', /it is neither a configuration nor a list of numbers$/],
    ['hello there', /must be a number: got "hello there"$/],
  ] as const)
    it(`${JSON.stringify(text).slice(0, 60)} is no configuration, and says why`, () => {
      assert.throws(() => ofText(text, {}, 'scheduler_config.json'), { name: 'InputError', message });
    });
});
