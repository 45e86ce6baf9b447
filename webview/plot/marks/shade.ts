import type { Range } from '../range';
import type { Mark } from './mark';

/** Least width of a shaded strip in pixels: one that is computed away must not be lost. */
const HAIR = 2;

/** Shades what lies outside a part of the x axis; `full` is the whole axis, beyond which there is nothing to shade. */
export const shadeOutside = (inside: Range, full: Range): Mark => ({
  draw(pen, frame) {
    const { left, right, top, bottom } = frame.area;
    const [start, end] = [frame.x(inside[0]), frame.x(inside[1])];
    pen.fillStyle = frame.theme.shade;
    if (inside[0] > full[0] && start > left - HAIR)
      pen.fillRect(left, top, Math.min(Math.max(start - left, HAIR), right - left), bottom - top);
    if (inside[1] < full[1] && end < right + HAIR) {
      const width = Math.min(Math.max(right - end, HAIR), right - left);
      pen.fillRect(right - width, top, width, bottom - top);
    }
  },
});
