import { inRange, type Parameter } from '../registry/parameters';

type Range = Pick<Parameter, 'min' | 'max' | 'open' | 'integer'>;

/**
 * The allowed value that is nearest to one that is not; undefined where there is none, as beside an end that is not
 * allowed itself, and where the value is no number. A text that is a number is read as one.
 */
export function nearestAllowed(range: Range, value: unknown): number | undefined {
  const given = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof given !== 'number' || !Number.isFinite(given) || inRange(range, value)) return undefined;
  const { min, max, integer } = range;
  const near = Math.min(Math.max(integer ? Math.round(given) : given, min), max);
  return inRange(range, near) ? near : undefined;
}
