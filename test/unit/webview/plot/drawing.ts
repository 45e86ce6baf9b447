import { SvgPen } from '../../../../webview/plot/svgPen';
import type { Frame, Mark } from '../../../../webview/plot/marks/mark';
import type { Theme } from '../../../../webview/plot/theme';

export const theme: Theme = {
  foreground: '#cccccc',
  muted: '#999999',
  background: '#1f1f1f',
  grid: 'rgba(204, 204, 204, 0.09)',
  border: 'rgba(204, 204, 204, 0.25)',
  shade: 'rgba(204, 204, 204, 0.07)',
  accent: '#0078d4',
  series: ['#0000ff', '#ff0000', '#00ff00', '#ffff00', '#800080', '#cccccc'],
  more: ['#00ffff', '#ff00ff'],
  font: 'sans-serif',
  contrast: false,
  dark: true,
};

/** Six pixels a character, in any font. */
export const measure = (text: string): number => 6 * text.length;

/** A frame of 100 x 100 pixels from (10, 10), over x and y from their first to their second value. */
export function frameOver([x0, x1]: readonly [number, number], [y0, y1]: readonly [number, number]): Frame {
  return {
    area: { left: 10, top: 10, right: 110, bottom: 110 },
    theme,
    x: (value) => 10 + (100 * (value - x0)) / (x1 - x0),
    y: (value) => 110 - (100 * (value - y0)) / (y1 - y0),
    xAt: (pixel) => x0 + ((pixel - 10) / 100) * (x1 - x0),
    yAt: (pixel) => y0 + ((110 - pixel) / 100) * (y1 - y0),
  };
}

/** An element of SVG. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

/** The elements of an SVG document that are drawn, in order. */
export function elementsOf(svg: string): Element[] {
  const body = svg.replace(/<(title|desc|defs)>.*?<\/\1>/gs, '');
  return [...body.matchAll(/<(path|rect|image|text)((?: [\w-]+="[^"]*")*)(?:\/>|>([^<]*))/g)].map(
    ([, name = '', list = '', text = '']) => ({
      name,
      attributes: Object.fromEntries(
        [...list.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']): [string, string] => [key, value]),
      ),
      text,
    }),
  );
}

/** The elements that marks draw. */
export function drawn(frame: Frame, ...marks: readonly Mark[]): Element[] {
  const pen = new SvgPen(120, 120, measure);
  for (const mark of marks) mark.draw?.(pen, frame);
  for (const mark of marks) mark.drawAbove?.(pen, frame);
  return elementsOf(pen.document('', ''));
}
