import * as z from 'zod';
import { parameter, type Choice } from '../registry/field';
import { own, ownOf } from '../registry/own';
import type { Parameter, Parameters } from '../registry/parameters';
import type { Problem } from '../registry/problem';
import { experimentSchema, type Experiment } from './experiment';
import { bare, defaultOf, definitionOf, isUnion, noteOf, objectFor, type Schema } from './schemaPath';

type Path = Problem['path'];

/** What a field of the document holds. A choice is an id, or an object whose id decides which fields it has. */
export type FieldKind = 'number' | 'text' | 'flag' | 'choice' | 'list' | 'object';

/** What the schema says of a field, wherever it stands. */
interface Description {
  readonly kind: FieldKind;
  /** As the page names it; absent where it has no name. */
  readonly title?: string | undefined;
  /** What it does, in one sentence. */
  readonly summary: string;
  /** Of a number: its range, default, symbol, unit, and whether it is whole. */
  readonly parameter?: Parameter | undefined;
  /** Of any number: what it may be. */
  readonly range?: Pick<Parameter, 'min' | 'max' | 'open' | 'integer'> | undefined;
  /** Of a choice, and of a list of ids: what may be chosen. */
  readonly choices?: readonly Choice[] | undefined;
  /** What it is where the document leaves it out; undefined where it then has no value. */
  readonly default: unknown;
  /** Why the schema refuses a value, in its own words; undefined where it takes it. How fields must relate is not asked. */
  refusal(value: unknown): string | undefined;
}

/** What the schema says of the field at a path. */
export interface Field extends Description {
  readonly path: Path;
  /** Its title, or its key where it has none. */
  readonly title: string;
  /**
   * The path of the innermost object around it whose id decides which fields it has, such as ['data']. A document may
   * leave such an object out, or write its id alone. So an edit of a part must set the whole object.
   */
  readonly section?: Path | undefined;
}

const KINDS: Readonly<Record<string, FieldKind>> = {
  number: 'number',
  string: 'text',
  boolean: 'flag',
  enum: 'choice',
  union: 'choice',
  array: 'list',
};

/** Made once for each schema: a page asks for all its fields whenever it draws. */
const described = new WeakMap<Schema, Description>();

function describe(schema: Schema): Description {
  const known = described.get(schema);
  if (known) return known;
  const { title, summary, parameter: row, range, choices } = noteOf(schema);
  const made: Description = {
    kind: KINDS[definitionOf(bare(schema)).type] ?? 'object',
    title,
    summary: summary ?? z.globalRegistry.get(schema)?.description ?? '',
    parameter: row,
    range,
    choices,
    default: defaultOf(schema),
    refusal: (value) => z.safeParse(schema, value).error?.issues[0]?.message,
  };
  described.set(schema, made);
  return made;
}

/** How far a path has been followed: the schema there, its value, and what is around it. */
interface Place {
  readonly schema: Schema;
  readonly value: unknown;
  readonly section?: Path | undefined;
  /** The parameters of this name that follow from the rest of the object around it, as those of a formula. */
  readonly free?: Parameters | undefined;
}

/** The place of a key of a place; undefined where the schema has no such key. */
function inside({ schema, value, section, free }: Place, key: string | number, path: Path): Place | undefined {
  const object = objectFor(schema, value);
  if (!object) return undefined;
  const { shape, element } = definitionOf(object);
  const known = typeof key === 'number' ? element : own(shape ?? {}, key);
  const row = own(free ?? {}, key);
  const next = known ?? (row && parameter(String(key), row));
  if (!next) return undefined;
  const given = ownOf(value, key);
  return {
    schema: next,
    value: given ?? defaultOf(next),
    section: isUnion(bare(schema)) ? path : section,
    free: key === 'params' ? noteOf(object).parametersOf?.(value as never) : undefined,
  };
}

/**
 * What the schema says of the field at a path; undefined where it has none. Where an object's id decides which fields it
 * has, the experiment gives that id; without an experiment it is the default.
 */
export function fieldAt(path: Path, experiment?: Experiment): Field | undefined {
  let place: Place | undefined = { schema: experimentSchema, value: experiment };
  for (let depth = 0; place && depth < path.length; depth++) place = inside(place, path[depth]!, path.slice(0, depth));
  if (!place) return undefined;
  const description = describe(place.schema);
  return { ...description, path, title: description.title ?? String(path.at(-1) ?? ''), section: place.section };
}
