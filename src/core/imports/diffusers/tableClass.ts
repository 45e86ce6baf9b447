import { InputError } from '../../registry/problem';
import { entrySchedule } from '../../schedules/entry';
import type { Config } from '../config';
import type { ImportOptions } from '../import';
import { betaTable, TABLE_KEYS } from './betaTable';
import { flowOfTable } from './flow';
import { ownLevels } from './levels';
import { levelGridOf, levelSwitch, offsetOf, rowGrid, spacingOf, type LevelRule, type RowSpacing } from './spacing'; // prettier-ignore

/** Prediction types of flow matching. */
const FLOW = 'flow_prediction';

/** Reads a class with a table of betas: the table, or what another key puts in its place, and how its steps are spaced. */
export const tableClass = (spacing: RowSpacing) => (config: Config, options: ImportOptions) => {
  const rule = levelSwitch(config);
  if (rule === 'use_flow_sigmas') return flowOfTable(config, options);
  if (config.peek('prediction_type') === FLOW)
    throw new InputError(
      `prediction_type ${FLOW} and use_flow_sigmas false contradict each other: a flow model needs use_flow_sigmas`,
    );
  config.off(
    ['flow_shift', 'use_dynamic_shifting', 'time_shift_type', 'base_shift', 'max_shift', 'base_image_seq_len', 'max_image_seq_len'], // prettier-ignore
    'use_flow_sigmas is off',
  );
  if (options.sequenceLength !== undefined)
    config.warn('a sequence length was given and has no effect: there is no dynamic shift');
  return rule === undefined ? rows(config, spacing) : levels(config, rule, spacing);
};

function rows(config: Config, spacing: RowSpacing) {
  config.off(['sigma_min', 'sigma_max'], 'no rule that spaces noise levels is on');
  const { schedule, rows: count } = tableOf(config, spacing);
  return { schedule, grid: rowGrid(config, count, spacing) };
}

/** The table, and what a class makes of its noisiest row at zero terminal SNR. */
function tableOf(config: Config, { tinySignal }: RowSpacing) {
  const table = betaTable(config);
  if (tinySignal && config.peek('rescale_betas_zero_snr') === true)
    config.assume('alphaBar of the noisiest row', 0, `${config.owner} takes 2^-24 there, to have a finite sigma`);
  return table;
}

function levels(config: Config, rule: LevelRule, spacing: RowSpacing) {
  const both = config.has('sigma_min') && config.has('sigma_max');
  const drop = () => config.off(['timestep_spacing', 'steps_offset', 'interpolation_type'], `${rule} is on`);
  if (
    both &&
    config.peek('timestep_type') === 'continuous' &&
    (rule === 'use_karras_sigmas' || rule === 'use_exponential_sigmas')
  ) {
    const found = ownLevels(config, rule);
    config.off(['num_train_timesteps', ...TABLE_KEYS], `timestep_type is continuous: the levels are those of ${rule}`);
    drop();
    return found;
  }
  const table = tableOf(config, spacing);
  const end = { min: 0, max: 1e6 };
  const given = config.optional('sigma_min', end, 'least noise level of the steps') ?? 0;
  const sigmaMax = config.optional('sigma_max', end, 'largest noise level of the steps') ?? 0;
  if (given && sigmaMax && given >= sigmaMax)
    throw new InputError(`sigma_max must be greater than sigma_min (${given}): got ${sigmaMax}`);
  const sigmaMin = given || (spacing.between && !sigmaMax ? leastLevel(config, table) : 0);
  drop();
  if (!sigmaMin && !sigmaMax) config.assume('ends', 'the whole table', 'the noise levels run from its noisiest row to its least noisy one'); // prettier-ignore
  return { schedule: table.schedule, grid: levelGridOf(config, rule, { sigmaMin, sigmaMax }) };
}

/**
 * The least level of a class of k-diffusion, whose levels run between the first and the last of the rows that
 * timestep_spacing gives; 0 for that of the least noisy row. The other end depends on the number of steps.
 */
function leastLevel(config: Config, { schedule, rows: count }: ReturnType<typeof betaTable>): number {
  const spacing = spacingOf(config);
  if (spacing === 'linspace') return 0;
  const what = spacing === 'leading' ? 'largest level' : 'least level';
  config.assume(what, 'that of the whole table', `timestep_spacing ${spacing} has another one for every number of steps`); // prettier-ignore
  const row = spacing === 'leading' ? offsetOf(config) : 0;
  return row ? Math.exp(-entrySchedule(schedule).logSnr(1 - (row + 1) / count) / 2) : 0;
}
