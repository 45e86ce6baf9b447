import type { LineMark } from './line';
import type { Mark } from './mark';
import type { Trace } from './trace';

/**
 * Where lines are named, in their order: at the plot's left edge above the line, or beside the line at a share of the
 * plot's height.
 */
const PLACES: readonly { readonly share: number; readonly side: 'above' | 'left' | 'right' }[] = [
  { share: 0.03, side: 'above' },
  { share: 0.8, side: 'left' },
  { share: 0.22, side: 'right' },
];

/** The other coordinate of a line where it first crosses a pixel of one; undefined where it never does. */
export function crossing(trace: Trace, side: 'x' | 'y', pixel: number): number | undefined {
  const [one, other] = side === 'x' ? [0, 1] : [1, 0];
  for (let i = 2; i < trace.length; i += 2) {
    const [a, b] = [trace[i - 2 + one]!, trace[i + one]!];
    if (Number.isNaN(a + b) || a === b || a < pixel === b < pixel) continue;
    const [c, d] = [trace[i - 2 + other]!, trace[i + other]!];
    return c + ((d - c) * (pixel - a)) / (b - a);
  }
  return undefined;
}

/** Writes a name on each of some lines. */
export const lineNames = (named: readonly { readonly line: LineMark; readonly name: string }[]): Mark => ({
  drawAbove(pen, frame) {
    const { area, theme } = frame;
    pen.font = `11px ${theme.font}`;
    pen.textAlign = 'left';
    pen.textBaseline = 'alphabetic';
    pen.lineJoin = 'round';
    pen.lineWidth = 3;
    pen.strokeStyle = theme.background;
    pen.fillStyle = theme.foreground;
    named.forEach(({ line, name }, i) => {
      const { share, side } = PLACES[i % PLACES.length]!;
      const above = side === 'above';
      const level = above
        ? area.left + share * (area.right - area.left)
        : area.bottom - share * (area.bottom - area.top);
      const found = crossing(line.trace(frame), above ? 'x' : 'y', level);
      if (found === undefined) return;
      const { width } = pen.measureText(name);
      const wanted = above ? level : side === 'left' ? found - width - 7 : found + 7;
      const x = Math.min(Math.max(wanted, area.left + 4), area.right - width - 4);
      const y = above ? found - 7 : level + 4;
      pen.strokeText(name, x, y);
      pen.fillText(name, x, y);
    });
  },
});
