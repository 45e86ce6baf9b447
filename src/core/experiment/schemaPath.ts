import type * as z from 'zod';
import { fieldNotes, type FieldNote } from '../registry/field';
import { own, ownOf } from '../registry/own';
import type { Problem } from '../registry/problem';

export type Schema = z.core.$ZodType;

/** The parts of a schema's definition that are used here; each type of schema has some of them. */
export interface Definition {
  readonly type: string;
  readonly innerType?: Schema;
  readonly out?: Schema;
  readonly element?: Schema;
  readonly options?: readonly Schema[];
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly values?: readonly unknown[];
  readonly defaultValue?: unknown;
  readonly checks?: readonly { readonly _zod: { readonly def: LengthCheck } }[];
}

export const definitionOf = (schema: Schema): Definition => schema._zod.def;

/** A schema without its default, its being optional, and what is done to a value before it. */
export function bare(schema: Schema): Schema {
  const { innerType, out } = definitionOf(schema);
  const inner = innerType ?? out;
  return inner ? bare(inner) : schema;
}

/** What is noted of a schema, or of the one inside it. */
export function noteOf(schema: Schema): FieldNote {
  const { innerType, out } = definitionOf(schema);
  const inner = innerType ?? out;
  return { ...(inner && noteOf(inner)), ...fieldNotes.get(schema) };
}

/** The default of a field that may be left out; undefined where it has none. */
export function defaultOf(schema: Schema): unknown {
  const { innerType, out, defaultValue } = definitionOf(schema);
  if (defaultValue !== undefined) return defaultValue;
  const inner = innerType ?? out;
  return inner && defaultOf(inner);
}

/** The objects of a choice by an id, by that id; made once for each choice. */
const known = new WeakMap<Schema, ReadonlyMap<unknown, Schema>>();

function byId(union: Schema): ReadonlyMap<unknown, Schema> {
  const found = known.get(union);
  if (found) return found;
  const objects = (definitionOf(union).options ?? []).flatMap((option) => {
    const object = bare(option);
    const id = definitionOf(object).shape?.id;
    return (id ? (definitionOf(bare(id)).values ?? []) : []).map((value) => [value, object] as const);
  });
  const map = new Map(objects);
  known.set(union, map);
  return map;
}

/** Whether a schema is a choice between objects by their id. */
export const isUnion = (schema: Schema): boolean => definitionOf(schema).options !== undefined;

/** The object that a schema has for a value: itself, or of a choice the one with the value's id. */
export function objectFor(schema: Schema, value: unknown): Schema | undefined {
  const inner = bare(schema);
  if (!isUnion(inner)) return inner;
  return byId(inner).get(typeof value === 'string' ? value : ownOf(value, 'id'));
}

/** An object or a list of a document, with what its schema is. */
export interface Visit {
  readonly value: object;
  /** The schema of an object or of a list: of a choice, the one that the object's id chooses. */
  readonly schema: Schema;
  readonly path: Problem['path'];
  /** The object or list that it is in. */
  readonly around?: Visit | undefined;
}

/** Every object and list of a value that a schema knows, each after what is in it. */
export function* visits(
  value: unknown,
  schema: Schema,
  path: Problem['path'] = [],
  around?: Visit,
): Generator<Visit, void> {
  const inner = typeof value === 'object' && value !== null ? objectFor(schema, value) : undefined;
  if (!inner) return;
  const visit = { value: value as object, schema: inner, path, around };
  const { shape, element } = definitionOf(inner);
  for (const [key, one] of Array.isArray(value) ? value.entries() : Object.entries(visit.value)) {
    const next = typeof key === 'number' ? element : own(shape ?? {}, key);
    if (next && typeof one === 'object') yield* visits(one, next, [...path, key], visit);
  }
  yield visit;
}

/** What is checked of the length of a list. */
interface LengthCheck {
  readonly check: string;
  readonly maximum?: number | undefined;
  /** Its message. */
  readonly error?: ((issue: never) => unknown) | undefined;
}

/** Lists that hold more than their schema takes: what is in them need not be read. */
export function* overlongLists(experiment: unknown, schema: Schema): Generator<Pick<Problem, 'path' | 'message'>> {
  for (const { value, schema: list, path } of visits(experiment, schema)) {
    const checks = (definitionOf(list).checks ?? []).map(({ _zod }) => _zod.def);
    const longest = checks.find(({ check }) => check === 'max_length');
    if (Array.isArray(value) && longest && value.length > longest.maximum!)
      yield { path, message: String(longest.error?.({ input: value } as never)) };
  }
}
