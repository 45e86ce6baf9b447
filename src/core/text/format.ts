const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** An exponent as it is written above the line: ⁻⁷. */
export const superscript = (exponent: number) =>
  (exponent < 0 ? '⁻' : '') + [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');

/** Whole numbers below this are written with every digit: they count something. */
const COUNTED = 1e9;

/** A whole number with every digit, in groups of three from five digits on: 1409, 18,009. */
const countText = (count: number): string =>
  String(Math.abs(count) < 1e4 ? count : count.toLocaleString('en')).replace('-', '−');

/** A number as a power of ten with `digits` significant digits: 1.2·10⁻⁷. */
export function powerOfTenText(value: number, digits = 4): string {
  const [mantissa, exponent] = Math.abs(value)
    .toExponential(digits - 1)
    .split('e') as [string, string];
  return `${value < 0 ? '−' : ''}${Number(mantissa)}·10${superscript(Number(exponent))}`;
}

/**
 * A number as the interface shows it: `digits` significant digits (4), whole numbers below a billion with all of theirs,
 * tiny and huge ones in powers of ten, a true minus sign, infinities as ∞.
 */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return 'undefined';
  const sign = value < 0 ? '−' : '';
  const size = Math.abs(value);
  if (size === Infinity) return `${sign}∞`;
  if (size === 0) return '0';
  if (Number.isInteger(value) && size < COUNTED) return countText(value);
  return size >= 1e-3 && size < 1e5 ? sign + String(Number(size.toPrecision(digits))) : powerOfTenText(value, digits);
}

/** A count of bytes as people read it: "12 MB", "3.2 GB". */
export const sizeText = (bytes: number): string =>
  bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
