import { entrySchedule, newEntry } from '../../../src/core/schedules/entry';
import { tableFromText, withInputText } from '../../../src/core/imports/inputText';
import { exportFormat } from '../../../src/core/exports';
import { importFile } from '../../../src/core/imports';
import { jsonText } from './mutation';
import { asText, fuzzFault } from './reader';

const common = { num_train_timesteps: 20, beta_start: 0.001, beta_end: 0.02, prediction_type: 'epsilon' };

/** Configurations as diffusers writes them, with short tables. */
const CONFIGS: readonly object[] = [
  { _class_name: 'DDPMScheduler', _diffusers_version: '0.30.0', ...common, beta_schedule: 'linear', clip_sample: true },
  { _class_name: 'DDIMScheduler', ...common, beta_schedule: 'scaled_linear', rescale_betas_zero_snr: true },
  { _class_name: 'EulerDiscreteScheduler', ...common, beta_schedule: 'squaredcos_cap_v2', timestep_spacing: 'leading' },
  { _class_name: 'DDPMScheduler', ...common, beta_schedule: 'sigmoid' },
  { _class_name: 'DDPMScheduler', ...common, beta_schedule: 'laplace', steps_offset: 1 },
  { _class_name: 'PNDMScheduler', ...common, trained_betas: [0.001, 0.002, 0.01, 0.02], skip_prk_steps: true },
  { _class_name: 'UniPCMultistepScheduler', ...common, trained_betas: null, beta_schedule: 'linear', solver_order: 2 },
  { _class_name: 'FlowMatchEulerDiscreteScheduler', num_train_timesteps: 20, shift: 3, use_dynamic_shifting: false },
  { _class_name: 'FlaxDDIMScheduler', ...common, beta_schedule: 'linear', final_sigmas_type: 'zero' },
];

/** Reads the text, makes the schedule that it describes, and writes an imported one back. */
function read(text: string): void {
  const entry = tableFromText(text);
  const value = entrySchedule(entry).logSnr(0.5);
  if (Number.isNaN(value)) throw new Error('the log-SNR is NaN at t = 0.5');
  withInputText(newEntry('betas'), 'table', text);
  const { experiment } = importFile({ name: 'scheduler_config.json', text, bytes: new Uint8Array() });
  if (!experiment.imported) return;
  const back = exportFormat('diffusers').write({ experiment }, 'scheduler_config.json');
  if (back !== `${text.trim()}\n`) throw new Error('the configuration is not written back as it was');
}

export const schedulerFault = fuzzFault<string>({
  name: 'scheduler',
  what: "schedulers' configurations of diffusers with parts changed are read, made schedules, and written back",
  seconds: 60,
  short: 1500,
  inputs: () => CONFIGS.map((config) => JSON.stringify(config, undefined, 2)),
  mutate: (mutation, text) => jsonText(mutation.json(parsed(text)), mutation),
  read,
  isPast: (text) => typeof parsed(text) === 'object',
  ...asText,
});

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return text;
  }
};
