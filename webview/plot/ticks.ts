import { formatNumber, powerOfTenText, superscript } from '../../src/core/text/format';

/** The least step of 1, 2 or 5 times a power of ten that is not below a number. */
export function stepOf(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * [1, 2, 5, 10].find((factor) => factor * power >= rough * (1 - 1e-9))!;
}

/** Places of ticks from low to high: round steps, at most `count` of them. */
export function roundTicks(low: number, high: number, count: number): number[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [low];
  const step = stepOf(span / count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Places of ticks on an axis of decimal logarithms: whole powers where at least two are in view, else 1-2-5, else round steps. */
export function powerTicks(low: number, high: number, count: number): number[] {
  const decades = Math.floor(high) - Math.ceil(low) + 1;
  if (decades >= 2) {
    const step = Math.ceil(decades / count);
    return roundTicks(low, high, decades).filter((power) => Number.isInteger(power) && power % step === 0);
  }
  const [first, last] = [Math.floor(low), Math.ceil(high)];
  const within = Array.from({ length: last - first }, (_, k) => [1, 2, 5].map((value) => Math.log10(value) + first + k))
    .flat()
    .filter((place) => place >= low - 1e-9 && place <= high + 1e-9);
  if (within.length >= 2) return within;
  const values = roundTicks(10 ** low, 10 ** high, count).filter((value) => value > 0);
  return values.map(Math.log10);
}

/** A tick as chart.js has it, with the text that goes beside it. */
export interface Tick {
  readonly value: number;
  readonly text?: string | undefined;
}

/** The option of chart.js by which ticks are labelled with their own texts. */
export const ownText = (_: string | number, index: number, ticks: readonly Tick[]): string | undefined =>
  ticks[index]!.text;

/** Ticks at places with texts. */
export const ticksAt = (values: readonly number[], texts: readonly string[]): Tick[] =>
  values.map((value, i) => ({ value, text: texts[i] }));

/** The widest power of ten that is written out on an axis of logarithms. */
const PLAIN = 3;

/** A number beside a tick: large ones as powers of ten, whole or not, since there is little room. */
const tickText = (value: number, digits: number): string =>
  Math.abs(value) < 1e5 ? formatNumber(value, digits).replaceAll(',', '') : powerOfTenText(value, digits);

/** The number at an exponent: written out, or as a power where that is a whole one. */
function powerText(exponent: number, plain: boolean): string {
  const power = Math.round(exponent);
  const whole = Math.abs(exponent - power) < 1e-9;
  return whole && power && !plain ? `10${superscript(power)}` : tickText(10 ** exponent, 3);
}

/**
 * The texts of ticks. On an axis of logarithms they are the numbers the ticks stand for, all written out or all as
 * powers, so that 1000 does not stand beside 10⁶.
 */
export function tickTexts(values: readonly number[], log: boolean): string[] {
  if (!log) {
    const whole = values.every((value) => Number.isInteger(value) && Math.abs(value) < 1e6);
    return values.map((value) =>
      whole ? String(value).replace('-', '−') : tickText(value, 4).replace(/^(−?)1·/, '$1'),
    );
  }
  const plain = values.every((value) => Math.abs(value) <= PLAIN + 1e-9);
  return values.map((value) => powerText(value, plain));
}
