import type { Chart } from 'chart.js';

/** Draws a chart on another context as it is now, and then on its own again. */
export function drawOn(chart: Chart, ctx: CanvasRenderingContext2D): void {
  const open = chart as { ctx: CanvasRenderingContext2D };
  const parts = [open, ...(Object.values(chart.scales) as { ctx: CanvasRenderingContext2D }[])];
  const own = open.ctx;
  for (const part of parts) part.ctx = ctx;
  // chart.js clears the whole context before it draws, and what stands on it already.
  chart.clear = () => chart;
  try {
    chart.draw();
  } finally {
    for (const part of parts) part.ctx = own;
    delete (chart as { clear?: unknown }).clear;
  }
}
