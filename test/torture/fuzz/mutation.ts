import type { Random } from '../../../src/core/math/random';

/** Texts that have broken readers: prototype names, other scripts, marks, blanks, numbers that are none. */
const TEXTS: readonly string[] = [
  ...['constructor', '__proto__', 'toString', 'hasOwnProperty', 'prototype', 'isPrototypeOf', 'valueOf', '', ' '],
  ...['٣', '５', 'ⅷ', '\uFEFF', '\u0000', '\uD800', '\u202E', '\u2028', 'İ', 'ß', '𝟙', 'e\u0301'],
  ...[
    'NaN',
    'Infinity',
    '-Infinity',
    'null',
    'true',
    '1e309',
    '-0',
    '0x10',
    '1_000',
    '1,5',
    '.5',
    '5.',
    '+1',
    '1e',
    '--1',
  ],
  ...[
    '../outside',
    '..\\outside',
    '/dev/zero',
    '\\\\host\\share',
    'C:\\x',
    'a\nb',
    '\r',
    '\t',
    '"',
    "'",
    '`',
    '\\',
    '%s',
  ],
  ...['<img src=x>', '![i](https://example.invalid)', '=1+1', '@a', '{{', '}}', '[', ']', '(', ')', '{', '}'],
];

/** Numbers at the ends of what there is. */
const NUMBERS: readonly number[] = [
  ...[0, -0, 1, -1, 2, 0.5, 1.5, -0.5, 1e-320, 5e-324, 1e-16, 1 - 2 ** -53, 1 + 2 ** -52, 1e16, 1e300, 1.7e308],
  ...[-1e300, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), 2 ** 32 - 1, 2 ** 32, 2 ** 53, 2 ** 53 + 2, 700, 709.8, 1e5, 1e7],
];

type Json = unknown;
type Place = { readonly holder: Record<string, Json> | Json[]; readonly key: string | number };

/** Changes inputs at random. The same generator makes the same changes. */
export class Mutation {
  constructor(readonly random: Random) {}

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.random.uniform() < probability;
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    return list[this.random.integer(list.length)]!;
  }

  /** One change mostly, now and then several. */
  times(): number {
    let n = 1;
    while (n < 8 && this.chance(0.4)) n++;
    return n;
  }

  number(): number {
    return this.chance(0.7) ? this.pick(NUMBERS) : (this.random.uniform() - 0.5) * 10 ** (this.random.integer(40) - 20);
  }

  /** A number near another one. */
  numberNear(value: number): number {
    const change = this.random.integer(8);
    if (change === 0) return -value;
    if (change === 1) return value + 1;
    if (change === 2) return value - 1;
    if (change === 3) return value * 10 ** (this.random.integer(9) - 4);
    if (change === 4) return value + (this.random.uniform() - 0.5);
    if (change === 5) return value * (1 + this.random.normal() / 10);
    return this.number();
  }

  word(): string {
    return this.pick(TEXTS);
  }

  /** A text with parts taken away, put in, doubled or moved; `words` are what its language is made of. */
  text(text: string, words: readonly string[] = TEXTS): string {
    let out = text;
    for (let n = this.times(); n > 0; n--) out = this.textOnce(out, words);
    return out;
  }

  private textOnce(text: string, words: readonly string[]): string {
    const at = this.random.integer(text.length + 1);
    const to = Math.min(text.length, at + 1 + this.random.integer(this.chance(0.8) ? 4 : text.length + 1));
    const part = text.slice(at, to);
    const change = this.random.integer(8);
    if (change === 0) return text.slice(0, at) + text.slice(to);
    if (change === 1) return text.slice(0, at) + part.repeat(this.chance(0.95) ? 2 : 40) + text.slice(at);
    if (change === 2) return text.slice(0, at);
    if (change === 3) {
      const back = this.random.integer(text.length + 1);
      return text.slice(0, back) + part + text.slice(back);
    }
    if (change === 4) return text.slice(0, at) + String(this.number()) + text.slice(to);
    const put = this.chance(0.7) ? this.pick(words) : this.word();
    return text.slice(0, at) + put + text.slice(this.chance(0.5) ? at : to);
  }

  /** Bytes with bits turned, parts taken away, put in or doubled, or words of 32 bits overwritten. */
  bytes(bytes: Uint8Array): Uint8Array {
    let out = bytes;
    for (let n = this.times(); n > 0; n--) out = this.bytesOnce(out);
    return out;
  }

  private bytesOnce(bytes: Uint8Array): Uint8Array {
    if (!bytes.length) return Uint8Array.of(this.random.integer(256));
    // headers are where readers decide
    const at = this.random.integer(this.chance(0.5) ? Math.min(64, bytes.length) : bytes.length);
    const to = Math.min(bytes.length, at + 1 + this.random.integer(8));
    const change = this.random.integer(7);
    if (change === 0) return bytes.slice(0, at);
    if (change === 1) return joined(bytes.subarray(0, at), bytes.subarray(to));
    if (change === 2) return joined(bytes.subarray(0, to), bytes.subarray(at));
    if (change === 3)
      return joined(
        bytes,
        Uint8Array.from({ length: 1 + this.random.integer(9) }, () => this.random.integer(256)),
      );
    const copy = bytes.slice();
    if (change === 4) copy[at]! ^= 1 << this.random.integer(8);
    else if (change === 5) copy[at] = this.pick([0, 1, 0x7f, 0x80, 0xff, 0x5b, 0x7b, 0x22]);
    else if (at + 4 <= bytes.length)
      new DataView(copy.buffer).setUint32(
        at,
        this.pick([0, 1, 2, 28, 2 ** 16, 2 ** 31, 2 ** 32 - 1]),
        this.chance(0.5),
      );
    return copy;
  }

  /** A value of JSON with some of its parts replaced, renamed, doubled, moved or taken away. The value stays as it is. */
  json(value: Json): Json {
    let root = structuredClone(value);
    for (let n = this.times(); n > 0; n--) root = this.jsonOnce(root);
    return root;
  }

  private jsonOnce(root: Json): Json {
    const places = placesOf(root);
    if (!places.length || this.chance(0.01)) return this.value();
    const { holder, key } = this.pick(places);
    const part = get(holder, key);
    const change = this.random.integer(10);
    if (change === 0) remove(holder, key);
    else if (change === 1) this.rename(holder, key, part);
    else if (change === 2) this.insert(holder);
    else if (change === 3) put(holder, key, [part]);
    else if (change === 4) put(holder, key, this.pick(places.map((place) => structuredCloneOf(place))));
    else if (change === 5 && this.chance(0.1)) put(holder, key, nested(part, 1 + this.random.integer(2000)));
    else put(holder, key, this.valueNear(part));
    return root;
  }

  private rename(holder: Place['holder'], key: string | number, part: Json): void {
    if (Array.isArray(holder)) return void holder.splice(Number(key), 0, part);
    remove(holder, key);
    put(holder, this.chance(0.5) ? this.word() : this.text(String(key)), part);
  }

  private insert(holder: Place['holder']): void {
    if (Array.isArray(holder)) holder.splice(this.random.integer(holder.length + 1), 0, this.value());
    else put(holder, this.word(), this.value());
  }

  /** A value of the same type, or of another. */
  valueNear(part: Json): Json {
    if (typeof part === 'number' && this.chance(0.8)) return this.numberNear(part);
    if (typeof part === 'string' && this.chance(0.8)) return this.chance(0.5) ? this.text(part) : this.word();
    if (typeof part === 'boolean' && this.chance(0.8)) return !part;
    return this.value();
  }

  /** Any value. */
  value(): Json {
    const kind = this.random.integer(9);
    if (kind < 2) return this.number();
    if (kind < 4) return this.word();
    if (kind === 4) return this.pick([null, true, false]);
    if (kind === 5) return this.pick([[], {}, [[]], [{}], [null]]);
    if (kind === 6) return { [this.word()]: this.pick([null, 1, 'x', {}]) };
    if (kind === 7) return Array.from({ length: this.random.integer(12) }, () => this.number());
    return { id: this.word(), params: { [this.word()]: this.number() } };
  }
}

const structuredCloneOf = ({ holder, key }: Place): Json => structuredClone(get(holder, key));

const joined = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));

const nested = (part: Json, depth: number): Json => {
  let value = part;
  for (let k = 0; k < depth; k++) value = [value];
  return value;
};

const get = (holder: Place['holder'], key: string | number): Json => (holder as Record<string | number, Json>)[key];

/** Sets an own key, whatever it is called. */
function put(holder: Place['holder'], key: string | number, value: Json): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function remove(holder: Place['holder'], key: string | number): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}

/** Every part of a value, as what holds it and its key there; of long lists the first ones. */
function placesOf(root: Json): Place[] {
  const places: Place[] = [];
  const open: Json[] = [root];
  for (let holder = open.pop(); holder !== undefined && places.length < 3000; holder = open.pop()) {
    if (typeof holder !== 'object' || holder === null || ArrayBuffer.isView(holder)) continue;
    for (const key of Object.keys(holder).slice(0, 60)) {
      places.push({ holder: holder as Place['holder'], key: Array.isArray(holder) ? Number(key) : key });
      open.push(get(holder as Place['holder'], key));
    }
  }
  return places;
}

/** JSON text of a value; of an object with a key "__proto__" too. Numbers that JSON lacks are written as it cannot. */
export function jsonText(value: Json, mutation: Mutation): string {
  let text: string;
  try {
    text = JSON.stringify(value, undefined, mutation.chance(0.3) ? 2 : undefined) ?? '';
  } catch {
    text = '['.repeat(100_000); // deeper than JSON is written
  }
  return mutation.chance(0.1) ? mutation.text(text, JSON_WORDS) : text;
}

const JSON_WORDS = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '//',
  '/*',
  '*/',
  'NaN',
  'Infinity',
  'null',
  '\\u',
  '\uFEFF',
  '-',
  '1e999',
];

/** A text of JSON with its value changed; one that is no JSON is changed as text. */
export function mutatedJson(mutation: Mutation, text: string): string {
  try {
    return jsonText(mutation.json(JSON.parse(text)), mutation);
  } catch {
    return mutation.text(text);
  }
}

/** Whether a text is JSON and holds an object or a list. */
export function isJsonObject(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
