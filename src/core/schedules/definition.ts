import { own } from '../registry/own';
import type { Parameters, Values } from '../registry/parameters';
import { scheduleFamily } from '.';
import type { InputValues } from './inputs';
import type { EntryProblem } from './schedule';

/** A schedule before its modifiers: a family with its inputs and parameters. */
export interface ScheduleDefinition {
  readonly id: string;
  readonly inputs: InputValues;
  readonly params: Values;
}

/** The parameters of a family, and those that its inputs add; the sliders of the latter reach the values they have. */
export function parametersOf({ id, inputs, params }: ScheduleDefinition): Parameters {
  const family = scheduleFamily(id);
  const free = Object.entries(family.free?.(inputs) ?? {}).map(([name, row]) => {
    const given: unknown = own(params, name);
    const value = typeof given === 'number' ? given : row.default;
    const slider = [Math.min(row.slider[0], value), Math.max(row.slider[1], value)] as const;
    return [name, { ...row, slider }];
  });
  return { ...family.parameters, ...(Object.fromEntries(free) as Parameters) };
}

/** What was found of a definition by its parameters: a document is checked, then its warnings are asked for. */
const found = new WeakMap<Values, Pick<ScheduleDefinition, 'id' | 'inputs'> & { problems: readonly EntryProblem[] }>();

/** What is wrong with inputs and values that are of the right type and in range, taken together. */
export function entryProblems({ id, inputs, params }: ScheduleDefinition): readonly EntryProblem[] {
  const known = found.get(params);
  if (known?.id === id && known.inputs === inputs) return known.problems;
  const problems = scheduleFamily(id).checkInputs?.(inputs, params) ?? [];
  found.set(params, { id, inputs, problems });
  return problems;
}
