import type * as z from 'zod';
import { fieldNotes, type FieldNote } from '../registry/field';

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
  return byId(inner).get(typeof value === 'string' ? value : (value as { id?: unknown } | undefined)?.id);
}
