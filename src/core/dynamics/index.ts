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

export { attractorCurves, type AttractorCurves } from './attractor';
export { normalisedClock, type NormalisedClock } from './normalisedClock';
export { spread } from './dynamics';
export { constantStep, oraclePath } from './oracle';
export type { Clock, Dynamics, DynamicsFamily, Need, Rates, NoiseLevel } from './dynamics';
