/** Two FNV-1a hashes of 32 bits in hexadecimal: enough to tell some thousand texts apart. */
export function digest(text: string): string {
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (let k = 0; k < text.length; k++) {
    a = Math.imul(a ^ text.charCodeAt(k), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(k), 0x01000193) + k;
  }
  return [a, b].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
}

/** The digest of a value's JSON. */
export const jsonDigest = (value: unknown): string => digest(JSON.stringify(value));
