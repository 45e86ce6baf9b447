import * as z from 'zod';
import { allowedText, checkValues, inRange, rangeText, type Parameter, type Parametric } from './parameters';
import { quoted } from './quoted';

/** One of the ids that a field of the document may have. */
export interface Choice<I extends string = string> {
  readonly id: I;
  readonly title: string;
  readonly summary: string;
  /** Its formula in LaTeX, and where it comes from. */
  readonly equation?: string;
  readonly source?: string;
}

/** What a field of the document is called, and what it may be; the schema holds one for each of its fields. */
export interface FieldNote {
  /** As the page names it: "Learning rate". */
  readonly title?: string;
  /** What it does, in one sentence. */
  readonly summary?: string;
  /** Of a number with a range, a default, a symbol and a unit. */
  readonly parameter?: Parameter;
  /** Of any number: what it may be. */
  readonly range?: Pick<Parameter, 'min' | 'max' | 'open' | 'integer'>;
  /** Of an id, and of an object that has one: the rows that may be chosen. */
  readonly choices?: readonly Choice[];
  /** Of an object whose numbers follow from the rest of it, as those of a formula: its parameters by name. */
  readonly parametersOf?: (object: never) => Readonly<Record<string, Parameter>>;
}

/** The notes of the schema's parts. */
export const fieldNotes = z.registry<FieldNote>();

/** The keys of a parsed object that its schema knows, read-only at every depth. */
export type Known<T> = T extends readonly (infer E)[]
  ? readonly Known<E>[]
  : T extends object
    ? { readonly [K in keyof T as IsOther<K, T[K]> extends true ? never : K]: Known<T[K]> }
    : T;

/** Whether a key is the one for all keys that a schema accepts without knowing them. */
type IsOther<K, V> = string extends K ? (unknown extends V ? true : false) : false;

interface Failed {
  readonly input?: unknown;
}

/** A schema's message: what a value must be, and what it was. */
export const mustBe = (key: string, what: string) => {
  const error = ({ input }: Failed) => `${key} must be ${what}: got ${quoted(input)}`;
  return { error };
};

/** The most items of a list, with a message that says how many there are. */
export const atMost = (key: string, most: number) => {
  const error = ({ input }: Failed) =>
    `${key} may hold at most ${most}: it holds ${(input as readonly unknown[]).length}`;
  return [most, { error }] as const;
};

/** One number, with its default and a message that names it. */
export const parameter = (key: string, row: Parameter) => {
  const { default: value, title, symbol, summary, unit } = row;
  return bounded(key, row)
    .register(fieldNotes, { title: title ?? symbol, summary, parameter: row, range: row })
    .default(value)
    .describe(`${symbol}: ${summary} (${unit}), ${rangeText(row)}; default ${value}`);
};

/** One number in a range; `what` names it in messages. */
export const bounded = (what: string, row: Pick<Parameter, 'min' | 'max' | 'open' | 'integer'>) => {
  const { min, max, open, integer } = row;
  const message = mustBe(what, allowedText(row));
  const low = (schema: z.ZodNumber) =>
    open === 'min' || open === 'both' ? schema.gt(min, message) : schema.gte(min, message);
  const high = (schema: z.ZodNumber) =>
    open === 'max' || open === 'both' ? schema.lt(max, message) : schema.lte(max, message);
  const number = z.number(message);
  return high(low(integer ? number.int({ ...message, abort: true }) : number)).register(fieldNotes, { range: row });
};

/** A choice between true and false, with its default. */
export const flag = (key: string, title: string, summary: string, value: boolean) =>
  z
    .boolean(mustBe(key, 'true or false'))
    .register(fieldNotes, { title, summary })
    .default(value)
    .describe(`${summary}; default ${value}`);

/** A text that must not be empty; `what` says in a message what it is. */
export const text = (key: string, title: string, what: string) => {
  const message = mustBe(key, what);
  const summary = what.charAt(0).toUpperCase() + what.slice(1);
  return z.string(message).min(1, message).register(fieldNotes, { title, summary }).describe(summary);
};

/** One of a registry's ids, with its default; the JSON schema carries each row's title. */
export const choice = <I extends string>(
  key: string,
  rows: readonly Choice<I>[],
  summary: string,
  value: NoInfer<I>,
  title = key.charAt(0).toUpperCase() + key.slice(1),
) =>
  idOf(key, rows)
    .register(fieldNotes, { title, summary, choices: rows })
    .default(value)
    .describe(`${summary}: ${rows.map((row) => `${row.id} (${row.title})`).join(', ')}; default ${value}`);

/** One of a registry's ids. */
export const idOf = <I extends string>(what: string, rows: readonly { readonly id: I }[]) => {
  const ids = rows.map((row) => row.id);
  const error = ({ input }: Failed) => `unknown ${what} ${quoted(input)}: choose one of ${ids.join(', ')}`;
  return z.enum(ids as [I, ...I[]], { error });
};

/** An object that may be left out or hold a part of its keys. */
export const section = <T extends z.core.$ZodLooseShape>(key: string, shape: T) =>
  z.looseObject(shape, mustBe(key, `an object with ${Object.keys(shape).join(', ')}`));

/** A row's parameters, each with its default, checked one by one and then together. */
export const params = (row: Parametric) =>
  z
    .looseObject(
      Object.fromEntries(Object.entries(row.parameters).map(([key, one]) => [key, parameter(key, one)])),
      mustBe('params', `an object of ${row.id}'s parameters`),
    )
    .prefault({})
    .superRefine((values, context) => {
      if (Object.entries(row.parameters).some(([key, one]) => !inRange(one, values[key]!))) return;
      for (const { path, message } of checkValues(row, values))
        context.addIssue({ code: 'custom', path: [...path], message });
    })
    .describe(`Parameters of ${row.id}; those left out have their defaults`);

/** The id of a row's object in a document. */
export const idIs = <I extends string>({ id, title, summary }: Choice<I>) =>
  z.literal(id).describe(`${title}: ${summary}`);

/** What a row's object in a document is called. */
export const about = ({ title, summary, source }: Choice & { readonly source?: string }) => ({
  title,
  description: source ? `${summary} Source: ${source}` : summary,
});

/** One object for each row of a registry, chosen by its id; `wanted` is the message where there is no id. */
export const union = <R extends Choice, S extends z.core.$ZodTypeDiscriminable>(
  what: string,
  rows: readonly R[],
  object: (row: R) => S,
  wanted = `a ${what} must be an object with an id`,
) => {
  const ids = rows.map(({ id }) => id).join(', ');
  const error = ({ input }: Failed) => {
    const id = (input as { id?: unknown } | null)?.id;
    return id === undefined
      ? `${wanted}, one of ${ids}: got ${quoted(input)}`
      : `unknown ${what} ${quoted(id)}: choose one of ${ids}`;
  };
  const title = what.charAt(0).toUpperCase() + what.slice(1);
  const schema = z.discriminatedUnion('id', rows.map(object) as [S, ...S[]], { error });
  fieldNotes.add(schema, { title, choices: rows });
  return schema;
};

/** The same, where the id alone may be written for its object with every default. */
export const unionOrId = <R extends Choice, S extends z.core.$ZodTypeDiscriminable>(
  what: string,
  rows: readonly R[],
  object: (row: R) => S,
  wanted = `a ${what} must be an id, or an object with an id`,
) =>
  z
    .preprocess((value) => (typeof value === 'string' ? { id: value } : value), union(what, rows, object, wanted))
    .meta({ ids: rows.map(({ id }) => id) });
