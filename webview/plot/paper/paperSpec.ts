import type { AxisSpec } from '../axis';
import { titleOf } from '../figureParts';
import type { Pen } from '../pen';
import type { PlotSpec } from '../spec';

/** Pixels that an axis leaves beside its title: ticks of the other axis, and the edge. */
const [BESIDE, BELOW] = [84, 48];

/** The first of some words that has room, else the last. */
function fitting(pen: Pen, words: readonly (string | undefined)[], room: number): string {
  const some = words.filter((word): word is string => word !== undefined && word !== '');
  return some.find((word) => pen.measureText(word).width <= room) ?? some.at(-1) ?? '';
}

const withTitle = (axis: AxisSpec, title: string): AxisSpec => ({ ...axis, title, untitled: title === '' });

/** The title of a plot in a figure; where lines are named at their ends, no one symbol is that of all. */
export const paperTitle = (spec: PlotSpec): string => titleOf(spec.gutter ? { ...spec, symbol: undefined } : spec);

/**
 * A plot as it stands in a figure of its own: both axes have a title, since what names them on the page is not there. A
 * title that has no room gives way to its symbol. The pen has the font of titles; the size is that of the plot in pixels.
 */
export function paperSpec(pen: Pen, spec: PlotSpec, titled: boolean, width: number, height: number): PlotSpec {
  const { x, y, title, symbol, unit } = spec;
  const measured = (name: string | undefined) => name && (unit ? `${name} (${unit})` : name);
  // Where lines are named at their ends, these names say what y is. A page has it above the plot.
  const named = spec.gutter
    ? ['']
    : y.untitled
      ? [...(titled ? [] : [measured(title)]), measured(symbol), measured(title)]
      : [y.title];
  return {
    ...spec,
    x: withTitle(x, fitting(pen, [x.title, x.symbol], width - BESIDE - (spec.gutter ?? 0))),
    y: withTitle(y, fitting(pen, [...named, y.symbol], height - BELOW)),
  };
}
