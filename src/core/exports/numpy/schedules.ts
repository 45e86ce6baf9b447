import { InputError } from '../../registry/problem';
import type { Values } from '../../registry/parameters';
import { scheduleFamily } from '../../schedules';
import { dataFirst } from '../../schedules/betas';
import { discreteBetas } from '../../schedules/discrete';
import { NO_SIGNAL } from '../../schedules/logSnrTable';
import type { ScheduleEntry } from '../../schedules/entrySchema';
import type { InputValues } from '../../schedules/inputs';
import { closedForms } from './closedForms';
import { fitted } from './fitted';
import { FORMULAS, formulaCall } from './formulas';
import { modifierCode } from './modifiers';
import { pythonList, pythonNumber } from './pythonText';
import { tables } from './tables';

/** A schedule as Python: what it needs defined, in order, and the expression that makes it. */
export interface ScheduleCode {
  readonly code: readonly string[];
  readonly expression: string;
}

/** What each family needs defined, by its id. */
const families: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(Object.entries({ ...closedForms, ...fitted }).map(([id, code]) => [id, [code]])),
  ...tables,
  expression: [FORMULAS],
};

/** The calls of the families whose numbers are no parameters. */
const calls: Readonly<Record<string, (values: Values, inputs: InputValues) => string>> = {
  betas: (_, { table, direction }) => `betas(${pythonList(dataFirst(table as readonly number[], direction))})`,
  discrete: (values, inputs) => `betas(${pythonList(discreteBetas(values, inputs))})`,
  'log-snr-table': (_, { table }) => {
    const rows = table as readonly number[];
    const last = rows.length - 1;
    return `log_snr_table(${pythonList(rows.map((row, i) => (i === last && row <= NO_SIGNAL ? -Infinity : row)))})`;
  },
  learned: ({ gammaMin, gammaMax }, { weights }) =>
    `learned(${pythonNumber(gammaMin!)}, ${pythonNumber(gammaMax!)}, ${pythonList(weights as readonly number[])})`,
  points: (_, { points }) => `points(${pythonList(points as readonly number[])})`,
  expression: formulaCall,
};

/** A call by keywords of the last function that a family's code defines. */
function callOf(id: string, params: Values): string {
  const name = [...families[id]!.at(-1)!.matchAll(/^def (\w+)/gm)].at(-1)![1]!;
  const keys = Object.keys(scheduleFamily(id).parameters);
  return `${name}(${keys.map((key) => `${key}=${pythonNumber(params[key]!)}`).join(', ')})`;
}

/** The schedule of an entry with its modifiers. An InputError names a family or modifier that has no Python. */
export function scheduleCode({ id, params, inputs, modifiers }: ScheduleEntry): ScheduleCode {
  const family = families[id];
  if (family === undefined) throw new InputError(`the schedule ${id} cannot be written as Python`);
  const changes = modifiers.map((one) => {
    const row = modifierCode[one.id];
    if (!row) throw new InputError(`the modifier ${one.id} cannot be written as Python`);
    return { row, values: one.params };
  });
  const base = calls[id]?.(params, inputs) ?? callOf(id, params);
  return {
    code: [...family, ...changes.map(({ row }) => row.code)],
    expression: changes.reduce((schedule, { row, values }) => row.call(schedule, values), base),
  };
}
