import assert from 'node:assert/strict';
import { importFile } from '../../../../src/core/imports';
import { textFile } from './support';

const DDPM = '"_class_name": "DDPMScheduler"';
const EULER = '"_class_name": "EulerDiscreteScheduler"';
const FLOW = '"_class_name": "FlowMatchEulerDiscreteScheduler"';
const conflict = `<<<<<<< HEAD\n{${DDPM}}\n=======\n{${EULER}}\n>>>>>>> theirs\n`;

const MERGE = /^line 1 is the mark of a merge conflict: resolve it in your version control, then import the file$/;

/** A file that is refused, with the message, which names the field, the value and what is allowed. */
const cases: Readonly<Record<string, readonly (readonly [text: string, message: RegExp, name?: string])[]>> = {
  'marks of a merge conflict': [
    [conflict, MERGE],
    [`{\n<<<<<<< HEAD\n"shift": 3\n=======\n"shift": 5\n>>>>>>> x\n}`, /^line 2 is the mark of a merge conflict/],
    ['<<<<<<< HEAD\n14.6, 0\n=======\n80, 0\n>>>>>>> x\n', MERGE, 'sigmas.txt'],
    ['step,sigma\n0,14.6\n<<<<<<< HEAD\n1,2\n=======\n1,3\n>>>>>>> x', /^line 3 is the mark/, 'sigmas.csv'],
  ],
  'absurd lengths': [
    [
      `{${DDPM}, "num_train_timesteps": 1e12}`,
      /^num_train_timesteps must be a whole number from 2 to 100000: got 1000000000000$/,
    ],
    [`{${DDPM}, "num_train_timesteps": -5}`, /^num_train_timesteps must be a whole number from 2 to 100000: got -5$/],
    [`{${FLOW}, "num_train_timesteps": 1}`, /^num_train_timesteps must be a whole number from 2 to 100000: got 1$/],
    [
      `{${FLOW}, "use_dynamic_shifting": true, "max_image_seq_len": 1e12}`,
      /^max_image_seq_len must be a whole number from 1 to 1000000000: got 1000000000000$/,
    ],
    [
      `{"_class_name": "LCMScheduler", "original_inference_steps": 2000}`,
      /^original_inference_steps must be a whole number from 1 to 1000: got 2000$/,
    ],
    [`{${DDPM}, "trained_betas": [0.1]}`, /^trained_betas: there must be 2 to 100000 numbers: got 1$/],
    [`{${DDPM}, "steps_offset": 99}`, /^steps_offset must be a whole number from 0 to 10: got 99$/],
    [
      `{${Array.from({ length: 1001 }, (_, i) => `"k${i}": 1`).join()}, ${DDPM}}`,
      /^this JSON has 1002 keys: a scheduler's configuration has at most 1000$/,
    ],
    [`{${DDPM}, "a": ${'['.repeat(200)}`, /nested more than 100 deep/],
  ],
  'wrong types': [
    [`{${DDPM}, "num_train_timesteps": "1000"}`, /: got "1000"$/],
    [`{${DDPM}, "num_train_timesteps": 1000.5}`, /: got 1000\.5$/],
    [`{${DDPM}, "beta_start": NaN}`, /^beta_start must be a number greater than 0 and less than 1: got NaN$/],
    [`{${DDPM}, "beta_end": [0.02]}`, /^beta_end must be a number greater than 0 and less than 1: got \[0\.02\]$/],
    [`{${DDPM}, "beta_schedule": 3}`, /^unknown beta_schedule 3: choose one of linear, scaled_linear, /],
    [`{${DDPM}, "trained_betas": "0.1"}`, /^trained_betas must be a list: got "0\.1"$/],
    [
      `{${DDPM}, "trained_betas": [0.1, "x"]}`,
      /^trained_betas: row 2 must be a number greater than 0 and at most 1: got "x"$/,
    ],
    [`{${EULER}, "use_karras_sigmas": "yes"}`, /^use_karras_sigmas must be true or false: got "yes"$/],
    [`{${FLOW}, "shift": "3"}`, /^shift must be a number greater than 0 and at most 1000: got "3"$/],
    [`{${FLOW}, "shift_terminal": 2}`, /^shift_terminal must be a number greater than 0 and less than 1: got 2$/],
    [`{"_class_name": 5}`, /^_class_name must be text: got 5$/],
    [
      `{"model": {"sigma_min": 0.1, "sigma_max": "80"}}`,
      /^sigma_max must be a number greater than 0 and at most 1000000: got "80"$/,
      'config.json',
    ],
    ['step,sigma\n0,14.6\n1,n/a\n', /^row 2 of "sigma" must be a number: got "n\/a"$/, 'a.csv'],
  ],
  'two keys that contradict each other': [
    [
      `{${DDPM}, "_class_name": "DDIMScheduler"}`,
      /^"_class_name" stands twice, as "DDPMScheduler" and as "DDIMScheduler": the two contradict each other$/,
    ],
    [
      `{${DDPM}, "lambda_min_clipped": -Infinity, "lambda_min_clipped": -5.1}`,
      /^"lambda_min_clipped" stands twice, as -Infinity and as -5\.1: /,
    ],
    [
      `{${DDPM}, "timesteps": 100, "num_train_timesteps": 1000}`,
      /^timesteps \(100\) and num_train_timesteps \(1000\) contradict each other/,
    ],
    [
      `{${DDPM}, "trained_betas": [0.1, 0.2], "num_train_timesteps": 1000}`,
      /^trained_betas has 2 values and num_train_timesteps is 1000: they contradict each other$/,
    ],
    [
      `{${EULER}, "use_karras_sigmas": true, "use_beta_sigmas": true}`,
      /^use_karras_sigmas and use_beta_sigmas are both on: they contradict each other$/,
    ],
    [
      `{${EULER}, "use_karras_sigmas": true, "sigma_min": 5, "sigma_max": 1}`,
      /^sigma_max must be greater than sigma_min \(5\): got 1$/,
    ],
    [
      `{${FLOW}, "use_karras_sigmas": true, "sigma_min": 0.9, "sigma_max": 0.5}`,
      /^sigma_max must be greater than sigma_min \(0\.9\): got 0\.5$/,
    ],
    [
      '{"_class_name": "EDMEulerScheduler", "sigma_min": 80, "sigma_max": 1}',
      /^sigma_max must be greater than sigma_min \(80\): got 1$/,
    ],
    [
      '{"_class_name": "UniPCMultistepScheduler", "prediction_type": "flow_prediction"}',
      /^prediction_type flow_prediction and use_flow_sigmas false contradict each other/,
    ],
    [
      `{${FLOW}, "use_dynamic_shifting": true, "base_image_seq_len": 4096}`,
      /^base_image_seq_len and max_image_seq_len are both 4096: /,
    ],
  ],
  'a file that is no configuration': [
    ['{"a": 1}', /^scheduler_config\.json describes no noise schedule that is known here: its keys are a$/],
    ['{}', /its keys are none$/],
    [
      '{"architectures": ["UNet"], "hidden_size": 3}',
      /describes no noise schedule that is known here: its keys are architectures, hidden_size$/,
      'config.json',
    ],
    [
      '{"_class_name": "UNet2DModel"}',
      /^"UNet2DModel" is no scheduler: take scheduler\/scheduler_config\.json of the same model$/,
    ],
    ['{"_class_name": "DDIMSheduler"}', /did you mean "DDIMScheduler"\?$/],
    ['{"a":', /^this is not JSON: line 1, column 6: a value is expected here$/],
    ['[]', /^there must be 2 to 100000 numbers: got 0$/],
    ['null', /^scheduler_config\.json: value 1 must be a number: got "null"$/],
    ['', /it is neither a configuration nor a list of numbers$/],
    ['<html>404</html>', /it is neither a configuration nor a list of numbers$/],
    ['model: x\nbeta: 3', /^a\.yaml holds no list of numbers: no cell below "model: x" is a number$/, 'a.yaml'],
    ['{"version": 1, "schedules": []}', /is an experiment: open it as it is$/],
  ],
};

describe('files that cannot be imported', () => {
  for (const [kind, rows] of Object.entries(cases))
    for (const [text, message, name] of rows)
      it(`${kind}: ${JSON.stringify(text).slice(0, 120)}`, () => {
        assert.throws(() => importFile(textFile(text, name)), { name: 'InputError', message });
      });

  it('a key that stands twice with one value is no matter', () => {
    assert.ok(importFile(textFile(`{${DDPM}, "beta_end": 0.02, "beta_end": 0.02}`)).hasSchedule);
  });
});
