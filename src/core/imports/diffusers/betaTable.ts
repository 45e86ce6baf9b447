import { betas } from '../../schedules/betas';
import { discrete } from '../../schedules/discrete';
import { newEntry, newModifier } from '../../schedules/entry';
import type { ModifierEntry } from '../../schedules/entrySchema';
import type { ChoiceInput, NumbersInput } from '../../schedules/inputs';
import { checkNumbers } from '../../schedules/parseNumbers';
import { InputError } from '../../registry/problem';
import { quoted } from '../../registry/quoted';
import type { Config } from '../config';
import type { Described } from '../import';

export type ImportedSchedule = NonNullable<Described['schedule']>;

const rules = (discrete.inputs!.rule as ChoiceInput).options.map(({ id }) => id);
const table = betas.inputs!.table as NumbersInput;

/** The constant rate that some classes call exp: beta = 1 - exp(-12/N) in every row. */
const EXP = 'exp';

/** The keys that make a table of betas. */
export const TABLE_KEYS = ['beta_start', 'beta_end', 'beta_schedule', 'trained_betas', 'rescale_betas_zero_snr'];

/** How many timesteps the training has; older files call them timesteps. An InputError where both names are there and differ. */
export function rowCount(config: Config): number {
  const range = discrete.parameters.steps!;
  const old = config.optional('timesteps', range, 'the older name of num_train_timesteps');
  if (old === undefined) return config.number('num_train_timesteps', range, 'timesteps of the training');
  if (config.has('num_train_timesteps') && config.peek('num_train_timesteps') !== old)
    throw new InputError(
      `timesteps (${old}) and num_train_timesteps (${quoted(config.peek('num_train_timesteps'))}) contradict each other: they are the same thing`,
    );
  return old;
}

/** The schedule of a class with a table of betas, and the table's rows. */
export function betaTable(config: Config): { readonly schedule: ImportedSchedule; readonly rows: number } {
  const whole = config.has('trained_betas') ? trained(config) : byRule(config);
  return { ...whole, schedule: { ...whole.schedule, modifiers: modifiersOf(config) } };
}

function trained(config: Config) {
  const given = config.peek('trained_betas');
  if (!Array.isArray(given)) throw new InputError(`trained_betas must be a list: got ${quoted(given)}`);
  const numbers = listed(given);
  config.use('trained_betas', 'the betas themselves');
  if (config.has('num_train_timesteps') && config.peek('num_train_timesteps') !== numbers.length)
    throw new InputError(
      `trained_betas has ${numbers.length} values and num_train_timesteps is ${quoted(config.peek('num_train_timesteps'))}: they contradict each other`,
    );
  if (config.has('num_train_timesteps')) config.use('num_train_timesteps', 'rows of the table');
  config.off(['beta_start', 'beta_end', 'beta_schedule'], 'trained_betas are there in their place');
  const entry = newEntry(betas.id);
  const problem = betas.checkInputs?.({ ...entry.inputs, table: numbers }, entry.params)[0];
  if (problem) throw new InputError(problem.message);
  return { schedule: { ...entry, inputs: { ...entry.inputs, table: numbers } }, rows: numbers.length };
}

/** The numbers of trained_betas; an InputError names them, and the row. */
function listed(given: readonly unknown[]): readonly number[] {
  try {
    return checkNumbers(given, table);
  } catch (error) {
    throw error instanceof InputError ? new InputError(`trained_betas: ${error.message}`) : error;
  }
}

function byRule(config: Config) {
  const rows = rowCount(config);
  const rule = config.choice('beta_schedule', [...rules, EXP], 'how the betas are made');
  const entry = newEntry(discrete.id);
  if (discrete.idle?.({ rule }).length || rule === EXP)
    config.off(['beta_start', 'beta_end'], `beta_schedule ${rule} does not use them`);
  if (rule === EXP) {
    const beta = -Math.expm1(-12 / rows);
    const params = { ...entry.params, betaStart: beta, betaEnd: beta, steps: rows };
    return { schedule: { ...entry, params, inputs: { rule: 'linear' } }, rows };
  }
  const range = discrete.parameters.betaStart!;
  const ends = discrete.idle?.({ rule }).length
    ? {}
    : {
        betaStart: config.number('beta_start', range, 'first beta of the table, the data end'),
        betaEnd: config.number('beta_end', range, 'last beta of the table, the noise end'),
      };
  return { schedule: { ...entry, params: { ...entry.params, ...ends, steps: rows }, inputs: { rule } }, rows };
}

/** What is made of the table: the shift of the SNR first, as CogVideoX's classes do it, then zero terminal SNR. */
function modifiersOf(config: Config): ModifierEntry[] {
  const found: ModifierEntry[] = [];
  const positive = { min: 0, max: 1e6, open: 'min' } as const;
  const scale = config.optional('snr_shift_scale', positive, 'the SNR is divided by it, before zero terminal SNR');
  if (scale !== undefined && scale !== 1) found.push({ ...newModifier('snr-shift'), params: { scale } });
  if (!config.flag('rescale_betas_zero_snr', 'alphaBar is rescaled so that no signal is left in the noisiest row'))
    return found;
  if (config.peek('prediction_type') === 'epsilon')
    config.warn(
      'rescale_betas_zero_snr leaves no signal in the noisiest row, and prediction_type epsilon says nothing about the data there: v_prediction or sample is needed',
    );
  return [...found, newModifier('zero-terminal-snr')];
}
