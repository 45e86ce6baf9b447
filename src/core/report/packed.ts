// A report's content as bytes: the length of a JSON text, the text, and behind it the bytes of its typed arrays.

const KINDS = { Float64Array, Float32Array, Int32Array, Uint8Array, Int8Array, Uint16Array, Int16Array, Uint32Array };
type Kind = keyof typeof KINDS;

/** A typed array in the text: its kind, where its bytes (little-endian) begin, and how many there are. */
interface PackedArray {
  readonly $array: Kind;
  readonly at: number;
  readonly bytes: number;
}

/** A number that JSON lacks. */
interface PackedNumber {
  readonly $number: string;
}

/** How the JSON text becomes bytes and back. */
export interface TextCoder {
  readonly encode: (text: string) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => string;
}

/** Packs plain objects, lists, numbers, texts and typed arrays, as structured clone keeps them. */
export function packed(value: unknown, { encode }: Pick<TextCoder, 'encode'>): Uint8Array {
  const arrays: Uint8Array[] = [];
  let at = 0;
  const part = (one: unknown): unknown => {
    if (typeof one === 'number' && !Number.isFinite(one)) return { $number: String(one) } satisfies PackedNumber;
    if (!ArrayBuffer.isView(one)) return one;
    const bytes = new Uint8Array(one.buffer, one.byteOffset, one.byteLength);
    const place = { $array: one.constructor.name as Kind, at, bytes: bytes.length } satisfies PackedArray;
    arrays.push(bytes);
    at += bytes.length;
    return place;
  };
  const text = encode(JSON.stringify(value, (_, one: unknown) => part(one)));
  const whole = new Uint8Array(4 + text.length + at);
  new DataView(whole.buffer).setUint32(0, text.length, true);
  whole.set(text, 4);
  let to = 4 + text.length;
  for (const bytes of arrays) {
    whole.set(bytes, to);
    to += bytes.length;
  }
  return whole;
}

/** The value that was packed. */
export function unpacked(whole: Uint8Array, { decode }: Pick<TextCoder, 'decode'>): unknown {
  const first = 4 + new DataView(whole.buffer, whole.byteOffset).getUint32(0, true);
  const text = decode(whole.subarray(4, first));
  return JSON.parse(text, (_, part: Partial<PackedArray & PackedNumber> | null) => {
    if (part?.$number !== undefined) return Number(part.$number);
    if (part?.$array === undefined) return part;
    const bytes = whole.slice(first + part.at!, first + part.at! + part.bytes!);
    return new KINDS[part.$array](bytes.buffer);
  });
}
