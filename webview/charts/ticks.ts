import { formatNumber } from '../../src/core/format';
import { powerText } from './axis';

/** Marks on an axis from low to high: round steps, at most `count` of them. */
export function roundTicks(low: number, high: number, count: number): number[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [low];
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough * (1 - 1e-9))!;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Marks on an axis of decimal logarithms: whole powers where at least two are in view, else 1-2-5, else round steps. */
export function powerTicks(low: number, high: number, count: number): number[] {
  const decades = Math.floor(high) - Math.ceil(low) + 1;
  if (decades >= 2) {
    const step = Math.ceil(decades / count);
    return roundTicks(low, high, decades).filter((power) => Number.isInteger(power) && power % step === 0);
  }
  const values = roundTicks(10 ** low, 10 ** high, count).filter((value) => value > 0);
  return values.map(Math.log10);
}

/** A mark's text; on an axis of logarithms the number it stands for. */
export const tickText = (value: number, log: boolean): string =>
  log ? powerText(value) : formatNumber(value).replace(/^(−?)1·/, '$1');
