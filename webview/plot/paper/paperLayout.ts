import { namedEntries, placeEntries, wrapped, type PlacedEntry } from '../figureParts';
import type { LegendEntry } from '../marks/mark';
import type { Pen } from '../pen';
import type { Zoom } from '../content';
import type { PlotSpec } from '../spec';
import { paperSpec, paperTitle } from './paperSpec';
import { PAPER } from './paperTheme';
import { millimetresOf, pixelsOf, pointsOfPixel, SIDES } from './sizes';

/** A chart as it is shown on the page, in the colours of paper. */
export interface PaperChart {
  readonly spec: PlotSpec;
  readonly hidden: ReadonlySet<string>;
  readonly zoom: Zoom;
}

/** What a figure is asked to be: millimetres, points, and charts beside each other; what is undefined follows from the rest. */
export interface PaperChoice {
  readonly width: number;
  readonly height: number | undefined;
  readonly letters: number;
  readonly columns: number | undefined;
  /** Whether each chart has its title. */
  readonly titles: boolean;
}

/** One chart of a figure, in pixels of the screen from the figure's corner. */
export interface PaperPanel {
  readonly chart: PaperChart;
  readonly letter: string;
  readonly title: readonly string[];
  /** Where the title begins, behind the letter. */
  readonly indent: number;
  readonly left: number;
  readonly top: number;
  readonly entries: readonly PlacedEntry[];
  readonly plot: { readonly top: number; readonly width: number; readonly height: number };
}

/** Where everything of a figure stands: in pixels of the screen, of `unit` points each. */
export interface PaperLayout {
  readonly width: number;
  readonly height: number;
  readonly unit: number;
  /** Its size in millimetres. */
  readonly millimetres: { readonly width: number; readonly height: number };
  /** The least height that leaves room for every chart, in millimetres. */
  readonly least: number;
  readonly columns: number;
  readonly entries: readonly PlacedEntry[];
  readonly panels: readonly PaperPanel[];
}

/** Pixels of a row of text, between charts, at the edge, and from what stands above a plot to it. */
const [ROW, GAP, EDGE, NEAR] = [16, 14, 2, 2];

/** The least width and height of a plot in pixels, and its height for its width. */
const [NARROW, LOW, SHAPE] = [250, 100, 0.64];

/** The fonts of a letter and of all else. */
export const fonts = { letter: `600 12px ${PAPER.font}`, text: `11px ${PAPER.font}` } as const;

/** The letter of the k-th of several charts. */
const letterOf = (k: number) => `(${String.fromCharCode(97 + k)})`;

/** How many charts stand beside each other where nobody says it. */
export const columnsFor = (count: number, width: number): number =>
  Math.max(1, Math.min(count, Math.floor(width / NARROW)));

const isSame = (a: readonly LegendEntry[], b: readonly LegendEntry[]) => JSON.stringify(a) === JSON.stringify(b);

/** The legend that all charts have in common, to stand once above them. */
function sharedEntries(charts: readonly PaperChart[]): readonly LegendEntry[] {
  const [first = [], ...others] = charts.map(({ spec, hidden }) => namedEntries(spec, hidden));
  return others.length && others.every((entries) => isSame(entries, first)) ? first : [];
}

/** Lays charts out in rows, with letters where there are several; the pen measures texts. */
export function layOutPaper(pen: Pen, charts: readonly PaperChart[], choice: PaperChoice): PaperLayout {
  const { letters } = choice;
  const width = pixelsOf(choice.width, letters);
  const columns = Math.min(choice.columns ?? columnsFor(charts.length, width), Math.max(charts.length, 1));
  const wide = (width - 2 * EDGE - GAP * (columns - 1)) / columns;
  const shared = sharedEntries(charts);
  pen.font = fonts.text;
  const legend = placeEntries(pen, shared, width - 2 * EDGE, ROW);
  const heads = charts.map((chart, k) => headOf(pen, chart, k, charts.length > 1, wide, shared.length > 0, choice));
  const rows = Math.ceil(charts.length / columns);
  const tallest = Array.from({ length: rows }, (_, row) =>
    Math.max(...heads.slice(row * columns, (row + 1) * columns).map((head) => head.height)),
  );
  const besides =
    2 * EDGE + ROW * legend.rows + tallest.reduce((sum, one) => sum + one, 0) + GAP * Math.max(rows - 1, 0);
  const least = Math.max(SIDES.min, Math.ceil(millimetresOf(besides + LOW * rows, letters)));
  // Whole millimetres, as a person would choose them.
  const own = Math.max(least, Math.round(millimetresOf(besides + rows * (SHAPE * wide + 24), letters)));
  const height = Math.max(least, choice.height ?? own);
  const low = (pixelsOf(height, letters) - besides) / Math.max(rows, 1);
  const panels = charts.map((chart, k): PaperPanel => {
    const [row, column] = [Math.floor(k / columns), k % columns];
    const above = tallest.slice(0, row).reduce((sum, one) => sum + one, 0) + row * (low + GAP);
    const [left, top] = [EDGE + column * (wide + GAP), EDGE + ROW * legend.rows + above];
    const { height: head, entries, ...rest } = heads[k]!;
    const down = ROW * rest.title.length;
    return {
      ...rest,
      chart: { ...chart, spec: paperSpec(pen, chart.spec, choice.titles, wide, low) },
      left,
      top,
      entries: entries.map(({ entry, x, y }) => ({ entry, x: left + x, y: top + down + y })),
      // Plots of a row begin at one height, whatever stands above them.
      plot: { top: top + Math.max(head, tallest[row]!), width: wide, height: low },
    };
  });
  return {
    width,
    height: pixelsOf(height, letters),
    unit: pointsOfPixel(letters),
    millimetres: { width: choice.width, height },
    least,
    columns,
    entries: legend.entries.map(({ entry, x, y }) => ({ entry, x: x + EDGE, y: y + EDGE })),
    panels,
  };
}

/** What stands above a plot: its letter and title, and the legend where it has one of its own. */
function headOf(
  pen: Pen,
  { spec, hidden }: PaperChart,
  k: number,
  several: boolean,
  width: number,
  shared: boolean,
  { titles }: PaperChoice,
) {
  const letter = several ? letterOf(k) : '';
  pen.font = fonts.letter;
  const indent = letter ? pen.measureText(`${letter} `).width + 3 : 0;
  pen.font = fonts.text;
  const title = titles ? wrapped(pen, paperTitle(spec), width - indent) : letter ? [''] : [];
  const legend = placeEntries(pen, shared ? [] : namedEntries(spec, hidden), width, ROW);
  const lines = title.length + legend.rows;
  return { letter, indent, title, entries: legend.entries, height: lines ? ROW * lines + NEAR : 0 };
}
