import { lineText } from '../../src/core/text/plainText';
import { attributesOf, escaped, short, type Attributes } from './svgElements';
import { textRuns } from './textRuns';

const ANCHORS: Partial<Record<CanvasTextAlign, string>> = { center: 'middle', right: 'end', end: 'end' };

/**
 * How far below its height a text's line stands, in ems. It is written as a shift, since many programs that open SVG know
 * no other line of a text than its own.
 */
const BASELINES: Partial<Record<CanvasTextBaseline, number>> = { middle: 0.35, top: 0.8, bottom: -0.2 };

/** The parts of a font. */
interface Letters {
  readonly weight: string | undefined;
  readonly size: number;
  readonly family: string;
}

const fontText = ({ weight, size, family }: Letters) => `${weight ? `${weight} ` : ''}${size}px ${family}`;

/** The parts of a font, its size in pixels of the screen. */
function lettersOf(font: string): Letters {
  const [, weight, size = '10', family = ''] = /^(?:(\w+) )?([\d.]+)px (.+)$/.exec(font) ?? [];
  return { weight, size: Number(size), family };
}

/** Where and how a text stands: its place in the document, and the units of the document for a pixel of the screen. */
export interface TextPlace {
  readonly x: number;
  readonly y: number;
  readonly font: string;
  readonly align: CanvasTextAlign;
  readonly baseline: CanvasTextBaseline;
  readonly angle: number;
  readonly unit: number;
}

/** The width of a text as it is written, in pixels of the screen. */
export function textWidth(text: string, font: string, measure: (text: string, font: string) => number): number {
  const { size, ...rest } = lettersOf(font);
  return textRuns(text).reduce((sum, run) => sum + measure(run.text, fontText({ ...rest, size: size * run.size })), 0);
}

/** A text as an element of SVG. */
export function textElement(text: string, place: TextPlace, paint: Attributes): string {
  const { x, y, angle, unit } = place;
  const { weight, family, ...letters } = lettersOf(place.font);
  const size = letters.size * unit;
  const shift = BASELINES[place.baseline] ?? 0;
  const attributes = attributesOf({
    x,
    y,
    dy: shift ? size * shift : undefined,
    'font-family': family,
    'font-size': size,
    'font-weight': weight,
    'text-anchor': ANCHORS[place.align],
    transform: angle ? `rotate(${short((angle * 180) / Math.PI)} ${short(x)} ${short(y)})` : undefined,
    ...paint,
  });
  const runs = textRuns(lineText(text));
  // A run begins at the height where the one before it stood.
  const spans = runs.map((run, i) => {
    const dy = (runs[i - 1]?.rise ?? 0) - run.rise;
    if (!dy && run.size === 1) return escaped(run.text, false);
    const looks = attributesOf({ dy: dy * size, 'font-size': run.size === 1 ? undefined : run.size * size });
    return `<tspan${looks}>${escaped(run.text, false)}</tspan>`;
  });
  return `<text${attributes}>${spans.join('')}</text>`;
}
