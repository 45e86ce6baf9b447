import { formatNumber } from '../text/format';
import { fillValues, rowOf, type Values } from '../registry/parameters';
import { communityOriginal } from './communityOriginal';
import type { Dynamics, DynamicsFamily } from './dynamics';
import { flowMatching } from './flowMatching';
import { lambdaFamily } from './lambdaFamily';
import { nearEnd } from './nearEnd';
import { nearEndRate } from './nearEndRate';
import { nopropForward } from './nopropForward';
import { probabilityFlow } from './probabilityFlow';
import { residual } from './residual';

/** Every dynamics, in the order the pickers show. A new one is a file beside this and a row here. */
export const dynamics: readonly DynamicsFamily[] = [
  nopropForward,
  nearEnd,
  nearEndRate,
  probabilityFlow,
  lambdaFamily,
  communityOriginal,
  residual,
  flowMatching,
];

export const dynamicsIds = dynamics.map((row) => row.id);

/** The dynamics family of this id; an InputError that lists the known ids where there is none. */
export const dynamicsFamily = (id: string): DynamicsFamily => rowOf('dynamics', dynamics, id);

/** The dynamics with defaults filled in; an InputError names the parameter, its value and what is allowed. */
export function createDynamics(id: string, params: Partial<Values> = {}): Dynamics {
  const family = dynamicsFamily(id);
  return family.create(fillValues(family, params));
}

/** The dynamics of an experiment. */
export interface DynamicsEntry {
  readonly id: string;
  readonly params: Values;
  /** Whether the SDE partner is run, in place of the ODE. */
  readonly noise: boolean;
}

/** The dynamics of a valid entry; parameters its family does not have are left aside. */
export const entryDynamics = ({ id, params }: Pick<DynamicsEntry, 'id' | 'params'>): Dynamics =>
  dynamicsFamily(id).create(params);

/** How pictures name an entry: the family's title with its parameters, and its noise where that is on. */
export function dynamicsLabel({ id, params, noise }: DynamicsEntry): string {
  const { title, parameters } = dynamicsFamily(id);
  const list = Object.entries(parameters).map(([key, row]) => `, ${row.symbol} ${formatNumber(params[key]!)}`);
  return `${title}${list.join('')}${noise ? ', with its noise' : ''}`;
}

export { attractorCurves, type AttractorCurves } from './attractor';
export { clockCourse, type ClockCourse } from './course';
export { spread } from './dynamics';
export { constantStep, oraclePath } from './oracle';
export type { Clock, Dynamics, DynamicsFamily, Need, Rates, View } from './dynamics';
