/** A number of half precision from its 16 bits (IEEE 754, binary16). */
export function halfToNumber(bits: number): number {
  const [sign, exponent, rest] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return rest ? NaN : sign * Infinity;
  return sign * (exponent ? (1 + rest / 1024) * 2 ** (exponent - 15) : (rest / 1024) * 2 ** -14);
}

/** Numbers of bfloat16 from their 16 bits: the upper half of those of single precision. */
export function brainFloats(bits: Uint16Array): Float32Array<ArrayBuffer> {
  const whole = Uint32Array.from(bits, (half) => half * 65536);
  return new Float32Array(whole.buffer);
}
