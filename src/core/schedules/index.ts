import { InputError, type Problem } from '../problem';
import { cosine } from './cosine';
import { linearAlpha } from './linearAlpha';
import { linearBeta } from './linearBeta';
import { linearGamma } from './linearGamma';
import type { Parameter, Schedule, ScheduleFamily, Values } from './schedule';
import { sigmoidSchedule } from './sigmoid';

/** Every family of schedules, in the order the pickers show. A new one is a file beside this and a row here. */
export const schedules: readonly ScheduleFamily[] = [linearGamma, cosine, linearBeta, linearAlpha, sigmoidSchedule];

export const scheduleIds = schedules.map((family) => family.id);

/** The family of this id; an InputError that lists the known ids where there is none. */
export function scheduleFamily(id: string): ScheduleFamily {
  const family = schedules.find((row) => row.id === id);
  if (!family) throw new InputError(`unknown schedule "${id}": choose one of ${scheduleIds.join(', ')}`);
  return family;
}

/** A family's parameters at their defaults. */
export const defaults = (family: ScheduleFamily): Values =>
  Object.fromEntries(Object.entries(family.parameters).map(([key, parameter]) => [key, parameter.default]));

/** The allowed range in words: "from 0 to 1", "greater than 0 and at most 1". */
export function rangeText({ min, max, open }: Parameter): string {
  if (!open) return `from ${min} to ${max}`;
  const low = open === 'max' ? `at least ${min}` : `greater than ${min}`;
  return `${low} and ${open === 'min' ? 'at most' : 'less than'} ${max}`;
}

/** Whether a parameter may have this value. */
export function inRange({ min, max, open }: Parameter, value: number): boolean {
  const low = open === 'min' || open === 'both' ? value > min : value >= min;
  return low && (open === 'max' || open === 'both' ? value < max : value <= max);
}

/** What is wrong with a set of values, each problem at the parameter it names. */
export function checkValues(family: ScheduleFamily, values: Values): Pick<Problem, 'path' | 'message'>[] {
  const found = Object.entries(family.parameters)
    .filter(([key, parameter]) => !inRange(parameter, values[key]!))
    .map(([key, parameter]) => ({
      path: [key],
      message: `${key} must be a number ${rangeText(parameter)}: got ${values[key]}`,
    }));
  const cross = found.length ? undefined : family.check?.(values);
  return cross ? [cross] : found;
}

/** The schedule with defaults filled in; an InputError names the parameter, its value and what is allowed. */
export function createSchedule(id: string, params: Partial<Values> = {}): Schedule {
  const family = scheduleFamily(id);
  const names = Object.keys(family.parameters);
  const unknown = Object.keys(params).find((key) => !names.includes(key));
  if (unknown) throw new InputError(`${id} has no parameter "${unknown}": it takes ${names.join(', ')}`);
  const values = { ...defaults(family), ...params } as Values;
  const [problem] = checkValues(family, values);
  if (problem) throw new InputError(`${id}: ${problem.message}`);
  return family.create(values);
}

export type { Parameter, Parameters, Schedule, ScheduleFamily, Values } from './schedule';
