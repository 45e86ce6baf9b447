import { InputError } from '../../registry/problem';
import type { Config } from '../config';
import type { ImportOptions } from '../import';
import { betaTable, TABLE_KEYS } from './betaTable';
import { flowOfTable } from './flow';
import { ownLevels } from './levels';
import { levelGridOf, levelSwitch, rowGrid, type LevelRule, type RowSpacing } from './spacing';

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
  return rule === undefined ? rows(config, spacing) : levels(config, rule);
};

function rows(config: Config, spacing: RowSpacing) {
  config.off(['sigma_min', 'sigma_max'], 'no rule that spaces noise levels is on');
  const { schedule, rows: count } = betaTable(config);
  return { schedule, grid: rowGrid(config, count, spacing) };
}

function levels(config: Config, rule: LevelRule) {
  const both = config.has('sigma_min') && config.has('sigma_max');
  config.off(['timestep_spacing', 'steps_offset', 'interpolation_type'], `${rule} is on`);
  if (
    both &&
    config.peek('timestep_type') === 'continuous' &&
    (rule === 'use_karras_sigmas' || rule === 'use_exponential_sigmas')
  ) {
    const found = ownLevels(config, rule);
    config.off(['num_train_timesteps', ...TABLE_KEYS], `timestep_type is continuous: the levels are those of ${rule}`);
    return found;
  }
  const { schedule } = betaTable(config);
  const end = { min: 0, max: 1e6 };
  const sigmaMin = config.optional('sigma_min', end, 'least noise level of the steps') ?? 0;
  const sigmaMax = config.optional('sigma_max', end, 'largest noise level of the steps') ?? 0;
  if (!sigmaMin && !sigmaMax) config.assume('ends', 'the whole table', 'the noise levels run from its noisiest row to its least noisy one'); // prettier-ignore
  return { schedule, grid: levelGridOf(config, rule, { sigmaMin, sigmaMax }) };
}
