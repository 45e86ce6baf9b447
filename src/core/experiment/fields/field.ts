import * as z from 'zod';
import {
  allowedText,
  checkValues,
  inRange,
  rangeText,
  type Parameter,
  type Parametric,
} from '../../registry/parameters';

/** A value as a message quotes it. */
export const shown = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value));

interface Failed {
  readonly input?: unknown;
}

/** One number, with its default and a message that names it. */
export const parameter = (key: string, row: Parameter) => {
  const { default: value, symbol, summary, unit } = row;
  return bounded(key, row)
    .default(value)
    .describe(`${symbol}: ${summary} (${unit}), ${rangeText(row)}; default ${value}`);
};

/** One number in a range; `what` names it in messages. */
export const bounded = (what: string, row: Pick<Parameter, 'min' | 'max' | 'open' | 'integer'>) => {
  const { min, max, open, integer } = row;
  const error = ({ input }: Failed) => `${what} must be ${allowedText(row)}: got ${shown(input)}`;
  const low = (schema: z.ZodNumber) =>
    open === 'min' || open === 'both' ? schema.gt(min, { error }) : schema.gte(min, { error });
  const high = (schema: z.ZodNumber) =>
    open === 'max' || open === 'both' ? schema.lt(max, { error }) : schema.lte(max, { error });
  const number = z.number({ error });
  return high(low(integer ? number.int({ error, abort: true }) : number));
};

/** One of a registry's ids, with its default; the JSON schema carries each row's title and summary. */
export const choice = <I extends string>(
  key: string,
  rows: readonly { readonly id: I; readonly title: string; readonly summary: string }[],
  what: string,
  value: NoInfer<I>,
) =>
  idOf(key, rows)
    .default(value)
    .describe(`${what}: ${rows.map(({ id, title }) => `${id} (${title})`).join(', ')}; default ${value}`);

/** One of a registry's ids. */
export const idOf = <I extends string>(what: string, rows: readonly { readonly id: I }[]) => {
  const ids = rows.map((row) => row.id);
  return z.enum(ids as [I, ...I[]], {
    error: ({ input }) => `unknown ${what} ${shown(input)}: choose one of ${ids.join(', ')}`,
  });
};

/** An object that may be left out or hold a part of its keys; `what` tells what belongs in it. */
export const section = <T extends z.core.$ZodLooseShape>(key: string, shape: T) =>
  z.looseObject(shape, {
    error: ({ input }) => `${key} must be an object with ${Object.keys(shape).join(', ')}: got ${shown(input)}`,
  });

/** A row's parameters, each with its default, checked one by one and then together. */
export const params = (row: Parametric) =>
  z
    .looseObject(Object.fromEntries(Object.entries(row.parameters).map(([key, one]) => [key, parameter(key, one)])), {
      error: ({ input }) => `params must be an object of ${row.id}'s parameters: got ${shown(input)}`,
    })
    .prefault({})
    .superRefine((values, context) => {
      if (Object.entries(row.parameters).some(([key, one]) => !inRange(one, values[key]!))) return;
      for (const { path, message } of checkValues(row, values))
        context.addIssue({ code: 'custom', path: [...path], message });
    })
    .describe(`Parameters of ${row.id}; those left out have their defaults`);

/** The message of a choice between objects by their id: what is wrong with the id, or with there being none. */
export const idError =
  (what: string, ids: readonly string[], wanted = `a ${what} must be an object with an id`) =>
  ({ input }: Failed) => {
    const id = (input as { id?: unknown } | null)?.id;
    return id === undefined
      ? `${wanted}, one of ${ids.join(', ')}: got ${shown(input)}`
      : `unknown ${what} ${shown(id)}: choose one of ${ids.join(', ')}`;
  };

/** A choice between objects by their id, where the id alone may stand for its object with every default. */
export const byId = <T extends z.ZodType>(objects: T, ids: readonly string[]) =>
  z.preprocess((value) => (typeof value === 'string' ? { id: value } : value), objects).meta({ ids });
