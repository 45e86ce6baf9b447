import { fillCell } from '../pen';
import { extentOf, type LegendEntry, type LegendSymbol, type Mark } from './mark';

/** A rectangle of cells: a heat map, a decision boundary, a confusion matrix. Columns go along x, rows along y. */
export interface CellsOptions {
  readonly key?: string | undefined;
  readonly legend?: LegendEntry | undefined;
  /** The edges of the columns and of the rows, ascending: one more each than there are cells. */
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** A cell's colour; nothing is drawn where undefined. */
  readonly fill: (column: number, row: number) => string | undefined;
  /** What is written in a cell. */
  readonly text?: ((column: number, row: number) => string) | undefined;
  /** What the read-out says of a cell: a name and words. */
  readonly read: (column: number, row: number) => { readonly label: string; readonly text: string };
  /** Pixels left free around each cell (0). */
  readonly gap?: number | undefined;
}

/** The index of the cell between two edges that holds a value; undefined outside all. */
function cellAt(edges: ArrayLike<number>, value: number): number | undefined {
  const [first, last] = [edges[0]!, edges[edges.length - 1]!];
  // a cursor at the very end of an axis is in the last cell, whatever was rounded on the way to pixels and back
  const rounding = 1e-9 * (last - first);
  if (value < first - rounding || value > last + rounding) return undefined;
  for (let i = 1; i < edges.length; i++) if (value < edges[i]!) return i - 1;
  return edges.length - 2;
}

/** Fills cells with colours. */
export function cells({ key, legend, x, y, fill, text, read, gap = 0 }: CellsOptions): Mark {
  return {
    key,
    legend,
    extent: (side, { log }) => extentOf(side === 'x' ? x : y, log),
    draw(pen, frame) {
      const columns = Array.from(x, (edge) => frame.x(edge));
      const rows = Array.from(y, (edge) => frame.y(edge));
      pen.textAlign = 'center';
      pen.textBaseline = 'middle';
      pen.font = `11px ${frame.theme.font}`;
      for (let row = 0; row + 1 < rows.length; row++)
        for (let column = 0; column + 1 < columns.length; column++) {
          const color = fill(column, row);
          if (color === undefined) continue;
          const [left, right] = [columns[column]! + gap, columns[column + 1]! - gap];
          const [bottom, top] = [rows[row]! - gap, rows[row + 1]! + gap];
          pen.fillStyle = color;
          if (gap) pen.fillRect(left, top, right - left, bottom - top);
          else fillCell(pen, left, top, right, bottom);
          const words = text?.(column, row);
          if (!words) continue;
          pen.fillStyle = frame.theme.foreground;
          pen.fillText(words, (left + right) / 2, (top + bottom) / 2);
        }
    },
    near(px, py, frame) {
      const column = cellAt(x, frame.xAt(px));
      const row = cellAt(y, frame.yAt(py));
      if (column === undefined || row === undefined) return undefined;
      const color = fill(column, row);
      if (color === undefined) return undefined;
      const cell = { x: [x[column]!, x[column + 1]!], y: [y[row]!, y[row + 1]!] } as const;
      const symbol: LegendSymbol = { color, marker: 'square', line: false };
      const words = read(column, row);
      return { distance: 0, cell, reading: { key: key ?? words.label, symbol, ...words } };
    },
  };
}
