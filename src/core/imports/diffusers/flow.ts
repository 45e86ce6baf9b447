import { newEntry } from '../../schedules/entry';
import { rectifiedFlow } from '../../schedules/rectifiedFlow';
import { InputError } from '../../registry/problem';
import { formatNumber } from '../../text/format';
import type { Config } from '../config';
import type { Described, ImportOptions } from '../import';
import { rowCount, TABLE_KEYS, type ImportedSchedule } from './betaTable';
import { levelRule, levelGridOf } from './spacing';

/** The keys of a dynamic shift, and what FLUX has for them. */
const DYNAMIC = { base_shift: 0.5, max_shift: 1.15, base_image_seq_len: 256, max_image_seq_len: 4096 };

const positive = { min: 0, max: 1000, open: 'min' } as const;
const tokens = { min: 1, max: 1e9, integer: true } as const;

const flowEntry = (shift: number): ImportedSchedule => ({ ...newEntry(rectifiedFlow.id), params: { shift } });

/**
 * A rectified flow with a shift: sigma = m s/(1 + (m - 1) s) at s = 1 - t, applied once. `key` is the shift's own key,
 * which a dynamic shift puts aside.
 */
export function flowSchedule(config: Config, key: string, options: ImportOptions): ImportedSchedule {
  if (config.flag('use_dynamic_shifting', 'the shift follows from the length of the sequence'))
    return flowEntry(dynamicShift(config, key, options));
  config.off([...Object.keys(DYNAMIC), 'time_shift_type'], 'use_dynamic_shifting is off');
  if (options.sequenceLength !== undefined)
    config.warn('a sequence length was given and has no effect: use_dynamic_shifting is off');
  return flowEntry(config.number(key, positive, 'the shift m of sigma/(1 - sigma), applied once'));
}

/** mu is linear in the number of tokens; the shift is exp(mu), or mu itself where time_shift_type is linear. */
function dynamicShift(config: Config, key: string, { sequenceLength }: ImportOptions): number {
  config.off([key], 'use_dynamic_shifting is on: mu rules');
  const read = (name: keyof typeof DYNAMIC, range: Parameters<Config['number']>[1], note: string) => {
    if (config.peek(name) !== undefined) return config.number(name, range, note);
    config.assume(name, DYNAMIC[name], `${config.owner} has no such key; FLUX has this value`);
    return DYNAMIC[name];
  };
  const share = { min: -100, max: 100 };
  const [low, high] = [
    read('base_shift', share, 'mu at the base length'),
    read('max_shift', share, 'mu at the largest length'),
  ];
  const [from, to] = [
    read('base_image_seq_len', tokens, 'the base length'),
    read('max_image_seq_len', tokens, 'the largest length'),
  ];
  if (from === to)
    throw new InputError(`base_image_seq_len and max_image_seq_len are both ${from}: mu does not follow from them`);
  if (sequenceLength === undefined)
    config.assume('sequence length', to, 'not given: max_image_seq_len, the largest picture');
  const mu = low + ((high - low) * ((sequenceLength ?? to) - from)) / (to - from);
  const linear = (config.peek('time_shift_type') ?? 'exponential') !== 'exponential';
  if (linear || config.has('time_shift_type'))
    config.choice('time_shift_type', ['exponential', 'linear'], 'how the shift follows from mu');
  const shift = linear ? mu : Math.exp(mu);
  if (!(shift > 0 && shift <= 1000))
    throw new InputError(
      `at a sequence length of ${sequenceLength ?? to} the shift is ${formatNumber(shift)}: it must be greater than 0 and at most 1000`,
    );
  config.assume('shift', shift, `from mu = ${formatNumber(mu, 8)}`);
  return shift;
}

/** The share of noise after a shift. */
const shifted = (sigma: number, m: number) => (m * sigma) / (1 + (m - 1) * sigma);

/** The ends of the levels of a flow: shares of noise, but noise over signal where the largest is beyond 1, as Cosmos has it. */
function shareEnds(config: Config, usual: number) {
  const end = { min: 0, max: 1e6 };
  const sigmaMin = config.optional('sigma_min', end, 'least noise level of the steps') ?? usual;
  const sigmaMax = config.optional('sigma_max', end, 'largest noise level of the steps') ?? 1;
  if (!(sigmaMin < sigmaMax)) throw new InputError(`sigma_max must be greater than sigma_min (${sigmaMin}): got ${sigmaMax}`); // prettier-ignore
  const flow = sigmaMax > 1 ? 0 : 1;
  if (!flow) config.assume('noise level', 'noise over signal', 'sigma_max is beyond 1, the largest share of noise');
  return { flow, sigmaMin, sigmaMax };
}

/** A class that is a flow and nothing else: FlowMatch*. Some space the steps from 1 to 1/N, others from 1 to 0. */
export const flowMatch =
  (spaced: boolean) =>
  (config: Config, options: ImportOptions): Pick<Described, 'schedule' | 'grid'> => {
    const rows = config.peek('num_train_timesteps') === undefined ? 1000 : rowCount(config);
    const schedule = flowSchedule(config, 'shift', options);
    const shift = schedule.params.shift!;
    config.off(
      [...TABLE_KEYS, 'prediction_type', 'timestep_spacing', 'steps_offset'],
      `${config.owner} has no such key`,
    );
    if (config.flag('invert_sigmas', 'the class counts its sigmas from the data, 1 - sigma: the curve is the same'))
      config.assume('sigma', '1 - sigma', 'share of noise, whichever way the class counts');
    const terminal = config.peek('shift_terminal') === 0 ? undefined : config.optional('shift_terminal', { min: 0, max: 1, open: 'both' }, 'share of noise at which the last step begins'); // prettier-ignore
    const rule = levelRule(config);
    if (rule) return { schedule, grid: levelGridOf(config, rule, shareEnds(config, terminal ?? shifted(1 / rows, shift))) }; // prettier-ignore
    config.off(['sigma_min', 'sigma_max'], 'no rule that spaces noise levels is on');
    if (terminal !== undefined) return { schedule, grid: { id: 'flow-terminal', params: { rows, terminal } } };
    if (config.peek('use_dynamic_shifting') === true || !spaced) {
      const note = spaced ? 'the pipelines give sigmas from 1 to 1/N for N steps, as a dynamic shift needs them' : `those of ${config.owner}`; // prettier-ignore
      config.assume('steps', 'even in t', note);
      return { schedule, grid: { id: 'even-times', params: {} } };
    }
    const twice = shift === 1 ? '' : `; it shifts its last one twice, to a share of noise of ${formatNumber(shifted(shifted(1 / rows, shift), shift), 5)}, here once`; // prettier-ignore
    config.assume('steps', `even in t, to t = ${formatNumber(1 - 1 / rows)}`, `those of ${config.owner} where the pipeline gives no sigmas${twice}`); // prettier-ignore
    return { schedule, grid: { id: 'linspace', params: { rows, spare: 0, whole: 0 } } };
  };

/** A class with a table of betas that runs as a flow, for use_flow_sigmas is on. */
export function flowOfTable(config: Config, options: ImportOptions): Pick<Described, 'schedule' | 'grid'> {
  const rows = rowCount(config);
  const schedule = flowSchedule(config, 'flow_shift', options);
  config.off(TABLE_KEYS, 'use_flow_sigmas is on');
  config.off(['timestep_spacing', 'steps_offset'], 'use_flow_sigmas is on: its steps are even in t');
  config.assume('steps', `even in t, from t = ${formatNumber(1 / rows)}`, 'as use_flow_sigmas spaces them before the shift; the first step begins where the window does'); // prettier-ignore
  return { schedule, grid: { id: 'even-times', params: { first: 1 / rows } } };
}
