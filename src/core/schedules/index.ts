import { fillValues, rowOf, type Values } from '../registry/parameters';
import { InputError } from '../registry/problem';
import { betas } from './betas';
import { cauchy } from './cauchy';
import { constantBeta } from './constantBeta';
import { cosine } from './cosine';
import { discrete } from './discrete';
import { edm } from './edm';
import { expression } from './expression';
import { generalizedCosine } from './generalizedCosine';
import { defaultInputs, type InputValues } from './inputs';
import { laplace } from './laplace';
import { learned } from './learned';
import { linearAlpha } from './linearAlpha';
import { linearBeta } from './linearBeta';
import { linearGamma } from './linearGamma';
import { logNormal } from './logNormal';
import { logSnrTable } from './logSnrTable';
import { pointsFamily } from './points';
import { polynomial } from './polynomial';
import { rectifiedFlow } from './rectifiedFlow';
import { scaledLinear } from './scaledLinear';
import type { Schedule, ScheduleFamily } from './schedule';
import { sigmoidSchedule } from './sigmoid';
import { sqrtSchedule } from './sqrt';
import { subVp } from './subVp';

/** Every family of schedules, in the order the pickers show. A new one is a file beside this and a row here. */
export const schedules: readonly ScheduleFamily[] = [
  linearGamma,
  cosine,
  linearBeta,
  linearAlpha,
  sigmoidSchedule,
  constantBeta,
  scaledLinear,
  subVp,
  generalizedCosine,
  polynomial,
  sqrtSchedule,
  rectifiedFlow,
  edm,
  logNormal,
  laplace,
  cauchy,
  learned,
  discrete,
  betas,
  expression,
  pointsFamily,
  logSnrTable,
];

export const scheduleIds = schedules.map((family) => family.id);

/** The family of this id; an InputError that lists the known ids where there is none. */
export const scheduleFamily = (id: string): ScheduleFamily => rowOf('schedule', schedules, id);

/** The schedule with defaults filled in; an InputError names the parameter or input, its value and what is allowed. */
export function createSchedule(id: string, params: Partial<Values> = {}, inputs: InputValues = {}): Schedule {
  const family = scheduleFamily(id);
  const given = { ...defaultInputs(family), ...inputs };
  const values = fillValues({ ...family, parameters: { ...family.parameters, ...family.free?.(given) } }, params);
  const problem = family.checkInputs?.(given, values).find(({ severity }) => severity === 'error');
  if (problem) throw new InputError(`${id}: ${problem.message}`);
  return family.create(values, given);
}

export { checkValues, defaults, inRange, rangeText } from '../registry/parameters';
export type { Parameter, Parameters, Values } from '../registry/parameters';
export { defaultInputs } from './inputs';
export type { Input, Inputs, InputValue, InputValues } from './inputs';
export type { EntryProblem, Schedule, ScheduleFamily } from './schedule';
