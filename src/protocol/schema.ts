import * as z from 'zod';

/** An object with exactly the keys of T; others are dropped. */
export const message = <T>(shape: { readonly [K in keyof Required<T>]: z.ZodType<T[K & keyof T]> }): z.ZodType<T> =>
  z.object(shape) as unknown as z.ZodType<T>;

/** An object of which some keys are checked, and all are kept: for results, which the sender computed itself. */
export const having = <T>(shape: { readonly [K in keyof T]?: z.ZodType<T[K]> }): z.ZodType<T> =>
  z.looseObject(shape) as unknown as z.ZodType<T>;

/** Nothing: what a call without a value answers. Whatever came is left aside. */
export const nothing = z.unknown().transform((): void => undefined);

/** Text of so many UTF-16 units at most. */
export const text = (most = 1000) => z.string().max(most);

/** The most that a file or a clipboard may hold as text. */
export const LONGEST = 2 ** 28;

/** A number, NaN and the infinities too. They come as null from where messages are JSON. */
export const number = z.custom<number>((value) => typeof value === 'number' || value === null, 'must be a number');

/** A count or an index, at most `most`. */
export const count = (most = 1e9) => z.int().min(0).max(most);

/** A list of at most so many. */
export const list = <T>(element: z.ZodType<T>, most = 10_000) => z.array(element).max(most);

interface ArrayTypes {
  Float64Array: Float64Array;
  Float32Array: Float32Array;
  Int32Array: Int32Array;
  Uint8Array: Uint8Array;
}

/** The most numbers that one array of a message may hold. */
const MOST_NUMBERS = 2 ** 29;

/** A typed array, by its kind and its length: its numbers are not looked at one by one. */
export const numbers = <K extends keyof ArrayTypes>(kind: K) =>
  z.custom<ArrayTypes[K]>(
    (value) =>
      ArrayBuffer.isView(value) &&
      Object.prototype.toString.call(value) === `[object ${kind}]` &&
      (value as Uint8Array).length <= MOST_NUMBERS,
    `must be a ${kind}`,
  );
