import type * as z from 'zod';
import { denoiserFamily } from '../denoisers';
import { dynamicsFamily } from '../dynamics';
import { experimentSchema, parametersOf, type Experiment } from './experiment';
import { gridFamily } from '../grids';
import type { Problem } from '../registry/problem';
import { scheduleFamily } from '../schedules';
import { modifierOf } from '../schedules/modifiers';

type Path = Problem['path'];

/** What of a schema's definition is looked at here, whatever its type. */
interface Definition {
  readonly type: string;
  readonly innerType?: z.core.$ZodType;
  readonly out?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
}

const definitionOf = (schema: z.core.$ZodType): Definition => schema._zod.def;

/** What a schema with a default, an optional one or one after another change comes to. */
function bare(schema: z.core.$ZodType): Definition {
  const definition = definitionOf(schema);
  const inner = definition.innerType ?? definition.out;
  return inner ? bare(inner) : definition;
}

/** The object that a union has for a value's id. */
function chosen({ options = [] }: Definition, id: unknown): Definition | undefined {
  return options.map(bare).find(({ shape }) => {
    const ids = shape?.id && (definitionOf(shape.id) as { values?: readonly unknown[] }).values;
    return ids?.includes(id);
  });
}

/** A setting of these at a path, where only `rows` are known. */
const idle = (path: Path, what: string, rows: object): Problem => ({
  severity: 'warning',
  path,
  message: `${what}, so it has no effect: it takes ${Object.keys(rows).join(', ') || 'none'}`,
  inSchema: false,
});

/** Rows by their own names, which their registries check. */
const REGISTERED = ['params', 'inputs'];

/** Settings of a value, valid under a schema, that the schema does not know. */
function unknownSettings(value: unknown, schema: z.core.$ZodType, path: Path = []): Problem[] {
  if (typeof value !== 'object' || value === null) return [];
  const found = bare(schema);
  if (Array.isArray(value)) {
    const { element } = found;
    return element ? value.flatMap((one, i) => unknownSettings(one, element, [...path, i])) : [];
  }
  const shape = found.shape ?? chosen(found, (value as { id?: unknown }).id)?.shape;
  if (!shape) return [];
  const name = path.length ? path.join('.') : 'an experiment';
  return Object.entries(value).flatMap(([key, one]): Problem[] => {
    const at = [...path, key];
    if (key in shape) return REGISTERED.includes(key) ? [] : unknownSettings(one, shape[key]!, at);
    return [idle(at, `${name} has no setting "${key}"`, shape)];
  });
}

const unknownRows = (id: string, what: string, values: object, rows: object, path: Path): Problem[] =>
  Object.keys(values)
    .filter((key) => !(key in rows))
    .map((key) => idle([...path, key], `${id} has no ${what} "${key}"`, rows));

/** Parameters and inputs that their families do not have. */
function unknownParameters({ schedules, dynamics, grid, denoiser }: Experiment): Problem[] {
  const of = (entry: { id: string; params: object }, { parameters }: { parameters: object }, path: Path) =>
    unknownRows(entry.id, 'parameter', entry.params, parameters, [...path, 'params']);
  return [
    ...schedules.flatMap((entry, i) => [
      ...of(entry, { parameters: parametersOf(entry) }, ['schedules', i]),
      ...unknownRows(entry.id, 'input', entry.inputs, scheduleFamily(entry.id).inputs ?? {}, ['schedules', i, 'inputs']), // prettier-ignore
      ...entry.modifiers.flatMap((one, k) => of(one, modifierOf(one.id), ['schedules', i, 'modifiers', k])),
    ]),
    ...of(dynamics, dynamicsFamily(dynamics.id), ['dynamics']),
    ...of(grid, gridFamily(grid.id), ['grid']),
    ...of(denoiser, denoiserFamily(denoiser.id), ['denoiser']),
  ];
}

/** What of an experiment has no effect, for nothing takes it, most likely misspelt: as warnings. */
export const withoutEffect = (experiment: Experiment): Problem[] => [
  ...unknownSettings(experiment, experimentSchema),
  ...unknownParameters(experiment),
];
