/** A .npy file of version 1 as NumPy writes it; `shape` as in Python, without its brackets: "3," or "2, 4". */
export function npyFile(descr: string, shape: string, body: Uint8Array, columnsFirst = false): Uint8Array {
  const text = `{'descr': '${descr}', 'fortran_order': ${columnsFirst ? 'True' : 'False'}, 'shape': (${shape}), }`;
  const padded = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  const head = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, padded.length & 255, padded.length >> 8]);
  return new Uint8Array(Buffer.concat([head, Buffer.from(padded, 'latin1'), body]));
}

/** The bytes of numbers in double precision. */
export const doubles = (values: readonly number[]): Uint8Array => new Uint8Array(Float64Array.from(values).buffer);
