import type { Explanation } from '../../src/core/registry/explanation';
import type { AxisSpec } from './axis';
import type { Handles } from './handles';
import type { AtCursor, LegendEntry, Mark } from './marks/mark';
import { beside, type Numbers } from './numbers';

/** What a dialog says of a plot, one paragraph each; with the symbol that stands before its title. */
export type PlotExplanation = Explanation & { readonly symbol?: string | undefined };

/** One plot: two axes, marks over them, and what it says in words. Made anew where anything in it changes. */
export interface PlotSpec {
  /** Names it for tests, files and its menu. */
  readonly id: string;
  readonly title: string;
  /** A symbol before the title, and the unit after it. */
  readonly symbol?: string | undefined;
  readonly unit?: string | undefined;
  /** What it shows, in a sentence under the title. */
  readonly about?: string | undefined;
  readonly x: AxisSpec;
  readonly y: AxisSpec;
  /** From the bottom to the top. */
  readonly marks: readonly Mark[];
  /** The shared view whose x axis it has: plots with the same one share cursor and zoom. Else it has its own. */
  readonly view?: string | undefined;
  /** Whether the cursor is a position of the x axis, as with lines over it (yes), or a point of the plane. */
  readonly cursor?: 'x' | 'point' | undefined;
  /** The place on the x axis that is read before the cursor is moved; nothing is where undefined. */
  readonly start?: number | undefined;
  /** What it has at the cursor, where that does not follow from its marks. */
  readonly at?: ((x: number) => AtCursor) | undefined;
  /** Gets the key of what lies under the pointer; undefined where that is nothing. */
  readonly pointed?: ((key: string | undefined) => void) | undefined;
  /** Points that can be taken hold of. */
  readonly handles?: Handles | undefined;
  /** Whose legend names its marks: its own (yes), or the tab's. */
  readonly legend?: 'own' | 'tab' | undefined;
  readonly explanations?: readonly PlotExplanation[] | undefined;
  /** Which problem, seed and steps made it. */
  readonly problem?: string | undefined;
  /** Its numbers, where they are not those of its marks. */
  readonly numbers?: (() => Numbers) | undefined;
  /** Those that its table shows, where all would be too many; the first column names the rows. */
  readonly table?: (() => Numbers) | undefined;
  /** It in a sentence, where that does not follow from its marks. */
  readonly summary?: string | undefined;
  /** Whether a unit has the same length on both axes: distances and angles are then those of the data. */
  readonly equal?: boolean | undefined;
  /** More of its height than others'. */
  readonly tall?: boolean | undefined;
  /** Alone in its row. */
  readonly wide?: boolean | undefined;
  /** Pixels right of the plot that its marks draw in (none). */
  readonly gutter?: number | undefined;
  /** The picture of its tab: twice the size of the others. */
  readonly hero?: boolean | undefined;
  /** The first of its tab: beside it stand two others. */
  readonly principal?: boolean | undefined;
}

/** What of a plot is shown where some keys are hidden. */
export const visibleMarks = ({ marks }: PlotSpec, hidden: ReadonlySet<string>): readonly Mark[] =>
  hidden.size ? marks.filter(({ key }) => key === undefined || !hidden.has(key)) : marks;

/** The entries of a plot's legend, one a key. */
export function legendOf({ marks }: Pick<PlotSpec, 'marks'>): LegendEntry[] {
  const entries = new Map<string, LegendEntry>();
  for (const { legend } of marks) if (legend && !entries.has(legend.key)) entries.set(legend.key, legend);
  return [...entries.values()];
}

/** The numbers of a plot: its own, else those of the marks that are shown. */
export function numbersOf(spec: PlotSpec, hidden: ReadonlySet<string>): Numbers {
  if (spec.numbers) return spec.numbers();
  const titles = { x: spec.x.title, y: spec.y.title };
  return beside(visibleMarks(spec, hidden).flatMap((mark) => mark.numbers?.(titles) ?? []));
}

/** A plot in a sentence: what it is told to say, else what each of its marks says. */
export function summaryOf(spec: PlotSpec, hidden: ReadonlySet<string>): string {
  if (spec.summary !== undefined) return spec.summary;
  const sentences = visibleMarks(spec, hidden).map((mark) => mark.summary?.() ?? '');
  return sentences.filter(Boolean).slice(0, SPOKEN).join(' ');
}

/** The most marks that a summary tells of. */
const SPOKEN = 12;
