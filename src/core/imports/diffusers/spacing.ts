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
  readonly fixed?: 'leading' | 'linspace' | 'trailing' | 'uniform-t';
  /** Rows at the data end that are spaced but left out. */
  readonly spare: 0 | 1;
  /** Whether what is said is only near to what the class does, and how it differs. */
  readonly near?: string;
}

/** The grid of rows of a table. */
export function rowGrid(config: Config, rows: number, { fixed, spare, near }: RowSpacing): Grid {
  const offset = () => config.optional('steps_offset', { min: 0, max: 10, integer: true }, 'rows by which all are moved') ?? 0; // prettier-ignore
  if (near !== undefined) config.assume('steps', fixed ?? 'nearest', near);
  if (fixed) {
    config.off(['timestep_spacing'], `${config.owner} has one spacing only`);
    if (fixed !== 'leading') config.off(['steps_offset'], `${config.owner} does not use it`);
  }
  const spacing = fixed ?? config.choice('timestep_spacing', ['leading', 'linspace', 'trailing'], 'the rows at which steps begin'); // prettier-ignore
  if (spacing === 'uniform-t') return { id: 'uniform-t', params: {} };
  if (spacing === 'leading') return { id: 'leading', params: { rows, offset: offset(), spare } };
  config.off(['steps_offset'], `timestep_spacing ${spacing} does not use it`);
  return { id: spacing, params: spacing === 'linspace' ? { rows, spare } : { rows } };
}
