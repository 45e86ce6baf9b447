import type { Plugin } from 'chart.js';
import type { Point } from './points';
import type { Scene } from './plugins';

/** Where along the plot a series of a chart with several is named, by its place in the row: share of the width, side. */
const PLACES = [
  { share: 0.03, above: true },
  { share: 0.4, above: true },
  { share: 0.46, above: false },
];

/** The height of a curve at a pixel column; undefined where it is not drawn there. */
export function heightAt(pixels: readonly Point[], x: number): number | undefined {
  for (let i = 1; i < pixels.length; i++) {
    const [a, b] = [pixels[i - 1]!, pixels[i]!];
    if (a.x <= x && x <= b.x && a.x < b.x) return a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x);
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
    ctx.lineJoin = 'round';
    for (const [k, { symbol }] of row.series.entries()) {
      const curve = drawn.find(({ line, series }) => line === 0 && series === k);
      const { share, above } = PLACES[k % PLACES.length]!;
      const pixels = curve?.points.map(({ x, y }) => ({
        x: scales.x!.getPixelForValue(x),
        y: scales.y!.getPixelForValue(y),
      }));
      const x = area.left + share * area.width;
      const width = ctx.measureText(symbol).width;
      const [start, end] = [pixels && heightAt(pixels, x), pixels && heightAt(pixels, x + width)];
      if (start === undefined || end === undefined) continue;
      const wanted = above ? Math.min(start, end) - 6 : Math.max(start, end) + 14;
      const y = Math.min(Math.max(wanted, area.top + 11), area.bottom - 4);
      ctx.strokeStyle = model.theme.background;
      ctx.lineWidth = 3;
      ctx.strokeText(symbol, x, y);
      ctx.fillStyle = model.theme.foreground;
      ctx.fillText(symbol, x, y);
    }
    ctx.restore();
  },
});
