const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** An exponent as it is written above the line: ⁻⁷. */
export const superscript = (exponent: number) =>
  (exponent < 0 ? '⁻' : '') + [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');

/**
 * A number as the interface shows it: `digits` significant digits (4), tiny and huge ones in powers of ten,
 * a true minus sign, infinities as ∞.
 */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return 'undefined';
  const sign = value < 0 ? '−' : '';
  const size = Math.abs(value);
  if (size === Infinity) return `${sign}∞`;
  if (size === 0) return '0';
  if (size >= 1e-3 && size < 1e5) return sign + String(Number(size.toPrecision(digits)));
  const [mantissa, exponent] = size.toExponential(digits - 1).split('e') as [string, string];
  return `${sign}${Number(mantissa)}·10${superscript(Number(exponent))}`;
}

/** A count of bytes as people read it: "12 MB", "3.2 GB". */
export const sizeText = (bytes: number): string =>
  bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
