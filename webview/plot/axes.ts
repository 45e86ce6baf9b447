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
  if (!axes.x.untitled) {
    // as far as it reaches to both sides of the plot's middle
    const room = 2 * Math.min((left + right) / 2 - scales.y.left, scales.x.right - (left + right) / 2);
    pen.fillText(
      shortened(pen, axes.x.title, Math.max(room, right - left)),
      (left + right) / 2,
      scales.x.bottom - TITLE,
    );
  }
  if (axes.y.untitled) return;
  pen.save();
  pen.translate(scales.y.left + TITLE, (top + bottom) / 2);
  pen.rotate(-Math.PI / 2);
  pen.fillText(shortened(pen, axes.y.title, bottom - top + 2 * PADDING), 0, 0);
  pen.restore();
}

/** A text that fits a width; what is left out is marked. */
function shortened(pen: Pen, text: string, width: number): string {
  if (pen.measureText(text).width <= width) return text;
  let length = text.length - 1;
  while (length > 1 && pen.measureText(`${text.slice(0, length).trimEnd()}…`).width > width) length--;
  return `${text.slice(0, length).trimEnd()}…`;
}

/** The pixel between two, on which a line one pixel wide is sharp. */
const crisp = (at: number): number => Math.round(at) + 0.5;

const textOf = (label: string | readonly string[] | undefined): string =>
  typeof label === 'string' ? label : (label ?? []).join(' ');
