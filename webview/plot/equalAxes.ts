import type { Area } from './pen';

/** Ends of both axes around the middle of these, such that a unit has the same length on both. */
export function equalEnds(ends: readonly number[], area: Area | undefined): readonly number[] {
  const [left, right, low, high] = ends as [number, number, number, number];
  const [width, height] = area ? [area.right - area.left, area.bottom - area.top] : [0, 0];
  if (!(width > 0 && height > 0)) return ends;
  const unit = Math.max((right - left) / width, (high - low) / height);
  const around = (from: number, to: number, length: number) => {
    const middle = (from + to) / 2;
    return [middle - (unit * length) / 2, middle + (unit * length) / 2];
  };
  return [...around(left, right, width), ...around(low, high, height)];
}

/** How much longer a unit may be on one axis than on the other, where both are to share it. */
const UNEVEN = 0.01;

/** Whether axes with some ends are as even as with others. */
export const isEven = (ends: readonly number[], wanted: readonly number[]): boolean =>
  wanted.every((end, i) => Math.abs(end - ends[i]!) <= UNEVEN * Math.abs(wanted[1]! - wanted[0]!));
