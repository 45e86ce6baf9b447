import { joined, extentOf, type LegendSymbol, type Mark } from './mark';

/** Bars that stand on 0, each between two values of x. */
export interface BarsOptions {
  readonly key: string;
  readonly label: string;
  /** The edges: one more than there are bars. */
  readonly x: ArrayLike<number>;
  /** Heights; NaN where there is no bar. */
  readonly y: ArrayLike<number>;
  readonly color: string;
  /** What stands at a bar's foot. */
  readonly text?: ((i: number) => string) | undefined;
  /** What the read-out says of a bar. */
  readonly read: (i: number) => string;
}

/** Draws bars from 0 upward. */
export function bars({ key, label, x, y, color, text, read }: BarsOptions): Mark {
  const symbol: LegendSymbol = { color, marker: 'square', line: false };
  const middle = (i: number) => (x[i]! + x[i + 1]!) / 2;
  return {
    key,
    extent: (side, { log }) => (side === 'x' ? extentOf(x, log) : joined(extentOf([0], log), extentOf(y, log))),
    draw(pen, frame) {
      pen.font = `11px ${frame.theme.font}`;
      pen.textAlign = 'center';
      pen.textBaseline = 'bottom';
      const foot = frame.y(0);
      for (let i = 0; i < y.length; i++) {
        if (Number.isNaN(y[i]!)) continue;
        const left = frame.x(x[i]!) + 1;
        const right = frame.x(x[i + 1]!) - 1;
        const top = frame.y(y[i]!);
        pen.fillStyle = color;
        pen.fillRect(left, top, right - left, foot - top);
        if (!text) continue;
        pen.fillStyle = frame.theme.muted;
        pen.fillText(text(i), (left + right) / 2, foot - 3);
      }
    },
    at(value) {
      for (let i = 0; i < y.length; i++)
        if (value >= x[i]! && value <= x[i + 1]! && !Number.isNaN(y[i]!))
          return {
            dots: [{ x: middle(i), y: y[i]!, color }],
            readings: [{ key, label, text: read(i), symbol }],
          };
      return { dots: [], readings: [{ key, label, text: '–', symbol }] };
    },
  };
}
