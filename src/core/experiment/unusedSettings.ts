import { denoiserFamily } from '../denoisers';
import { dynamicsFamily } from '../dynamics';
import { experimentSchema, type Experiment } from './experiment';
import { definitionOf, objectFor, type Schema } from './schemaPath';
import { gridFamily } from '../grids';
import type { Problem } from '../registry/problem';
import { scheduleFamily } from '../schedules';
import { parametersOf } from '../schedules/definition';
import { modifierOf } from '../schedules/modifiers';

type Path = Problem['path'];

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
function unknownSettings(value: unknown, schema: Schema, path: Path = []): Problem[] {
  if (typeof value !== 'object' || value === null) return [];
  const object = objectFor(schema, value);
  const { shape, element } = object ? definitionOf(object) : {};
  if (Array.isArray(value))
    return element ? value.flatMap((one, i) => unknownSettings(one, element, [...path, i])) : [];
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

/** The settings of an experiment that nothing uses, as warnings: most likely they are misspelt. */
export const unusedSettings = (experiment: Experiment): Problem[] => [
  ...unknownSettings(experiment, experimentSchema),
  ...unknownParameters(experiment),
];
