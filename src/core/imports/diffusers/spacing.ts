import { InputError } from '../../registry/problem';
import type { Config } from '../config';
import type { Described } from '../import';

type Grid = NonNullable<Described['grid']>;

/** The switches that space noise levels, and the grid of each. */
const RULES = {
  use_karras_sigmas: 'karras-sigmas',
  use_exponential_sigmas: 'exponential-sigmas',
  use_lu_lambdas: 'exponential-sigmas',
  use_beta_sigmas: 'beta-sigmas',
} as const;

export type LevelRule = keyof typeof RULES;

const SWITCHES = [...(Object.keys(RULES) as LevelRule[]), 'use_flow_sigmas'] as const;

/** The switch that is on among those that space noise levels, use_flow_sigmas included. An InputError where two are. */
export function levelSwitch(config: Config): (typeof SWITCHES)[number] | undefined {
  const on = SWITCHES.filter((key) => config.flag(key, 'how the noise levels of the steps are spaced'));
  if (on.length > 1) throw new InputError(`${on.join(' and ')} are both on: they contradict each other`);
  return on[0];
}

/** The same for a class that is a flow anyway. */
export function levelRule(config: Config): LevelRule | undefined {
  const found = levelSwitch(config);
  return found === 'use_flow_sigmas' ? undefined : found;
}

/** The grid of a switch, with ends where they are given. */
export const levelGridOf = (config: Config, rule: LevelRule, ends: Readonly<Record<string, number>>): Grid => {
  const own = rule === 'use_karras_sigmas' ? { rho: 7 } : rule === 'use_beta_sigmas' ? { a: 0.6 } : {};
  if (rule === 'use_karras_sigmas') config.assume('rho', 7, `fixed in ${config.owner}`);
  if (rule === 'use_beta_sigmas') config.assume('alpha, beta', 0.6, `fixed in ${config.owner}`);
  return { id: RULES[rule], params: { ...own, sigmaMin: 0, sigmaMax: 0, flow: 0, ...ends } };
};

/** How a class spaces the rows at which steps begin. */
export interface RowSpacing {
  /** The only spacing the class has; the key timestep_spacing rules where absent. */
  readonly fixed?: 'leading' | 'linspace' | 'distilled' | 'decoder';
  /** Rows at the data end that are spaced but left out. */
  readonly spare: 0 | 1;
  /** Whether steps also begin between rows, and noise levels run between the first and the last of these rows. */
  readonly between?: boolean;
  /** Whether the noisiest row keeps alphaBar = 2^-24 where zero terminal SNR is asked for. */
  readonly tinySignal?: boolean;
  /** Whether what is said is only near to what the class does, and how it differs. */
  readonly near?: string;
}

/** The row of 1024 at which the second of the decoder's two steps begins; the first begins at row 1008. */
const DECODER = { list: [1 - 513 / 1024], first: 1008 };

/** Which rows begin steps, by name. */
export const spacingOf = (config: Config): 'leading' | 'linspace' | 'trailing' =>
  config.choice('timestep_spacing', ['leading', 'linspace', 'trailing'], 'the rows at which steps begin');

/** The rows by which all are moved; `spacing` is the one that is on. */
export const offsetOf = (config: Config): number =>
  config.optional('steps_offset', { min: 0, max: 10, integer: true }, 'rows by which all are moved') ?? 0;

/** The grid of rows of a table. */
export function rowGrid(config: Config, rows: number, { fixed, spare, between, near }: RowSpacing): Grid {
  if (near !== undefined) config.assume('steps', 'nearest rows', near);
  if (fixed) config.off(['timestep_spacing'], `${config.owner} has one spacing only`);
  if (fixed && fixed !== 'leading') config.off(['steps_offset'], `${config.owner} does not use it`);
  if (fixed === 'decoder') {
    config.assume('steps', `rows ${DECODER.first} and 512`, 'the only ones of this class; the first step begins where the window does'); // prettier-ignore
    return { id: 'list', times: DECODER.list };
  }
  if (fixed === 'distilled') return { id: 'distilled', params: { rows, taught: taughtRows(config, rows) } };
  const spacing = fixed ?? spacingOf(config);
  if (spacing === 'leading') return { id: 'leading', params: { rows, offset: offsetOf(config), spare } };
  config.off(['steps_offset'], `timestep_spacing ${spacing} does not use it`);
  if (spacing === 'trailing') return { id: spacing, params: { rows } };
  return { id: spacing, params: { rows, spare, whole: between ? 0 : 1 } };
}

function taughtRows(config: Config, rows: number): number {
  const range = { min: 1, max: rows, integer: true };
  return config.number('original_inference_steps', range, 'rows on which the model was distilled');
}
