import * as z from 'zod';
import { own, ownOf } from '../registry/own';
import type { Problem } from '../registry/problem';
import { scheduleFamily } from '../schedules';
import { withInputs } from '../schedules/entry';
import type { ScheduleEntry } from '../schedules/entrySchema';
import type { InputValue } from '../schedules/inputs';
import { experimentSchema, type Experiment } from './experiment';
import { fieldAt } from './fieldAt';

/** A path from the experiment's root to a value in it. */
export type Path = Problem['path'];

/** One change of a document: the value at a path; undefined removes it, `insert` adds before that index of a list. */
export interface Change {
  readonly path: Path;
  readonly value: unknown;
  readonly insert?: boolean;
}

/** The value at a path; undefined where there is none. */
export const valueAt = (experiment: Experiment, path: Path): unknown => path.reduce<unknown>(ownOf, experiment);

/** A value with the same change made as in a text: what does not change is shared with it. */
function withChange(value: unknown, { path: [key, ...rest], ...change }: Change): unknown {
  if (key === undefined) return change.value;
  if (typeof key === 'number') {
    const list: unknown[] = Array.isArray(value) ? [...(value as unknown[])] : [];
    if (rest.length) list[key] = withChange(list[key], { ...change, path: rest });
    else list.splice(key, change.insert ? 0 : 1, ...(change.value === undefined ? [] : [change.value]));
    return list;
  }
  const object = (typeof value === 'string' ? { id: value } : (value ?? {})) as Record<string, unknown>;
  const { [key]: before, ...others } = object;
  const after = withChange(before, { ...change, path: rest });
  return after === undefined ? others : { ...object, [key]: after };
}

/** The experiment with changes made, without its text; the experiment as it was where they are not allowed. */
export function changeExperiment(experiment: Experiment, changes: readonly Change[]): Experiment {
  const result = experimentSchema.safeParse(changes.reduce<unknown>(withChange, experiment));
  return result.success ? result.data : experiment;
}

/**
 * The experiment with the value at a path set and what follows from that, not checked; see `problemsAround`. Of what
 * does not change it shares all.
 */
export const withValueAt = (experiment: Experiment, path: Path, value: unknown): Experiment =>
  changesAt(experiment, path, value).reduce<unknown>(withChange, experiment) as Experiment;

/**
 * The changes of the document that set the value at a path. A part of an object that a document may leave out or write
 * as its id alone sets that object whole. An input of a schedule takes along the parameters that follow from it.
 */
export function changesAt(experiment: Experiment, path: Path, value: unknown): Change[] {
  const [root, index, kind, name] = path;
  const entry = root === 'schedules' && kind === 'inputs' && experiment.schedules[index as number];
  if (entry && name !== undefined) return inputChanges(entry, path.slice(0, 2), String(name), value as InputValue);
  const section = fieldAt(path, experiment)?.section;
  // What stands in a list is in the document.
  if (!section || section.length === path.length || section.some((key) => typeof key === 'number'))
    return [{ path, value }];
  const whole = withChange(valueAt(experiment, section), { path: path.slice(section.length), value });
  return [{ path: section, value: whole }];
}

/** Sets an input of a schedule; a formula that is the example of the old option becomes that of the new one. */
function inputChanges(entry: ScheduleEntry, at: Path, name: string, value: InputValue): Change[] {
  const inputs: Record<string, InputValue> = { ...entry.inputs, [name]: value };
  for (const [key, row] of Object.entries(scheduleFamily(entry.id).inputs ?? {})) {
    if (row.kind !== 'formula' || row.examples?.by !== name) continue;
    const { formulas } = row.examples;
    const example = own(formulas, String(value));
    if (example !== undefined && entry.inputs[key] === own(formulas, String(entry.inputs[name]))) inputs[key] = example;
  }
  const { params } = withInputs(entry, inputs);
  const changed = Object.keys(inputs).filter((key) => inputs[key] !== entry.inputs[key]);
  return [
    ...changed.map((key) => ({ path: [...at, 'inputs', key], value: inputs[key] })),
    ...(JSON.stringify(params) === JSON.stringify(entry.params) ? [] : [{ path: [...at, 'params'], value: params }]),
  ];
}

/** What the schema refuses of the schedule, or else of the section, that a path lies in. Cheaper than to check the whole. */
export function problemsAround(experiment: Experiment, path: Path): Pick<Problem, 'path' | 'message'>[] {
  const depth = path[0] === 'schedules' && path.length > 1 ? 2 : 1;
  const schemas: Readonly<Record<string, z.ZodType>> = experimentSchema.shape;
  const schema = depth === 2 ? SCHEDULE : own(schemas, path[0] ?? '');
  const around = path.slice(0, depth);
  const issues = (schema && z.safeParse(schema, valueAt(experiment, around)).error?.issues) ?? [];
  return issues.map((issue) => ({ path: [...around, ...(issue.path as Path)], message: issue.message }));
}

const SCHEDULE = experimentSchema.shape.schedules.element;
