import type { Scale } from 'chart.js';
import type { AxisSpec } from './axis';
import { drawSegment, type Area, type Pen } from './pen';
import type { Theme } from './theme';

/** Size of the texts of a plot in pixels. */
export const TEXT = 11;

/** Pixels between an axis and the texts of its ticks, and from the edge of the plot to the middle of a title. */
export const PADDING = 5;
const TITLE = 10;

/** Draws grid lines, axes, the texts of their ticks, and their titles, where the scales of chart.js put them. */
export function drawAxes(
  pen: Pen,
  area: Area,
  scales: { readonly x: Scale; readonly y: Scale },
  axes: { readonly x: AxisSpec; readonly y: AxisSpec },
  theme: Theme,
): void {
  const { left, top, right, bottom } = area;
  const xTicks = scales.x.ticks.map(({ value, label }) => ({ at: scales.x.getPixelForValue(value), label }));
  const yTicks = scales.y.ticks.map(({ value, label }) => ({ at: scales.y.getPixelForValue(value), label }));
  pen.lineWidth = 1;
  pen.strokeStyle = theme.grid;
  pen.beginPath();
  // names stand between lines, not at them
  if (!axes.x.names)
    for (const { at } of xTicks) {
      pen.moveTo(crisp(at), top);
      pen.lineTo(crisp(at), bottom);
    }
  if (!axes.y.names)
    for (const { at } of yTicks) {
      pen.moveTo(left, crisp(at));
      pen.lineTo(right, crisp(at));
    }
  pen.stroke();
  pen.strokeStyle = theme.border;
  drawSegment(pen, crisp(left), top, crisp(left), bottom);
  drawSegment(pen, left, crisp(bottom), right, crisp(bottom));
  pen.fillStyle = theme.muted;
  pen.font = `${TEXT}px ${theme.font}`;
  pen.textAlign = 'center';
  pen.textBaseline = 'top';
  for (const { at, label } of xTicks) pen.fillText(textOf(label), at, bottom + PADDING);
  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  for (const { at, label } of yTicks) pen.fillText(textOf(label), left - PADDING, at);
  pen.textAlign = 'center';
  if (!axes.x.untitled) pen.fillText(axes.x.title, (left + right) / 2, scales.x.bottom - TITLE);
  if (axes.y.untitled) return;
  pen.save();
  pen.translate(scales.y.left + TITLE, (top + bottom) / 2);
  pen.rotate(-Math.PI / 2);
  pen.fillText(axes.y.title, 0, 0);
  pen.restore();
}

/** The pixel between two, on which a line one pixel wide is sharp. */
const crisp = (at: number): number => Math.round(at) + 0.5;

const textOf = (label: string | readonly string[] | undefined): string =>
  typeof label === 'string' ? label : (label ?? []).join(' ');
