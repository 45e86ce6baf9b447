import type { Plugin } from 'chart.js';
import type { Point } from './points';
import type { Scene } from './plugins';

/**
 * Where a series of a chart with several is named, by its place in the row: at the plot's left edge above the curve, or
 * beside the curve at a share of the plot's height.
 */
const PLACES: readonly { share: number; side: 'above' | 'left' | 'right' }[] = [
  { share: 0.03, side: 'above' },
  { share: 0.8, side: 'left' },
  { share: 0.22, side: 'right' },
];

/** The other coordinate of a curve where it first crosses a value of one; undefined where it never does. */
function crossing(pixels: readonly Point[], along: 'x' | 'y', value: number): number | undefined {
  const across = along === 'x' ? 'y' : 'x';
  for (let i = 1; i < pixels.length; i++) {
    const [a, b] = [pixels[i - 1]!, pixels[i]!];
    if (a[along] === b[along] || a[along] < value === b[along] < value) continue;
    return a[across] + ((b[across] - a[across]) * (value - a[along])) / (b[along] - a[along]);
  }
  return undefined;
}

/** Names the series of a chart that draws several a schedule, on the curves of the first schedule. */
export const namePlugin = (scene: Scene): Plugin => ({
  id: 'names',
  afterDraw(chart) {
    const { row, model, drawn } = scene;
    if (!model || row.series.length < 2) return;
    const { ctx, chartArea: area, scales } = chart;
    ctx.save();
    ctx.font = `11px ${model.theme.font}`;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'alphabetic';
    ctx.lineJoin = 'round';
    for (const [k, { symbol }] of row.series.entries()) {
      const curve = drawn.find(({ line, series }) => line === 0 && series === k);
      const { share, side } = PLACES[k % PLACES.length]!;
      const pixels = (curve?.points ?? []).map(({ x, y }) => ({
        x: scales.x!.getPixelForValue(x),
        y: scales.y!.getPixelForValue(y),
      }));
      const level = side === 'above' ? area.left + share * area.width : area.bottom - share * area.height;
      const found = crossing(pixels, side === 'above' ? 'x' : 'y', level);
      if (found === undefined) continue;
      const width = ctx.measureText(symbol).width;
      const wanted = side === 'above' ? level : side === 'left' ? found - width - 7 : found + 7;
      const x = Math.min(Math.max(wanted, area.left + 4), area.right - width - 4);
      const y = side === 'above' ? found - 7 : level + 4;
      ctx.strokeStyle = model.theme.background;
      ctx.lineWidth = 3;
      ctx.strokeText(symbol, x, y);
      ctx.fillStyle = model.theme.foreground;
      ctx.fillText(symbol, x, y);
    }
    ctx.restore();
  },
});
