import { fade, type Theme } from '../plot/theme';
import type { Band, Look, Marker, Paint, Series } from './picture';

/** Draws one line or cloud. */
export function drawSeries({ ctx, at }: Paint, series: Series): void {
  const { x, y, color, dash = [], width = 1.75, opacity = 1, marker, line = true } = series;
  ctx.strokeStyle = ctx.fillStyle = opacity < 1 ? fade(color, opacity) : color;
  ctx.lineWidth = width;
  ctx.setLineDash([...dash]);
  if (line) {
    ctx.beginPath();
    let down = false;
    for (let i = 0; i < x.length; i++) {
      const [px, py] = at(x[i]!, y[i]!);
      if (!Number.isFinite(px + py)) down = false;
      else if (down) ctx.lineTo(px, py);
      else {
        ctx.moveTo(px, py);
        down = true;
      }
    }
    ctx.stroke();
  }
  ctx.setLineDash([]);
  if (marker)
    for (let i = 0; i < x.length; i++) {
      const [px, py] = at(x[i]!, y[i]!);
      if (Number.isFinite(px + py)) drawMarker(ctx, marker, px, py);
    }
}

/** A marker of eight pixels around a point; a dot is smaller. */
export function drawMarker(ctx: CanvasRenderingContext2D, marker: Marker, x: number, y: number): void {
  const r = 4;
  ctx.beginPath();
  if (marker === 'dot') ctx.arc(x, y, 2.5, 0, 2 * Math.PI);
  else if (marker === 'circle') ctx.arc(x, y, r, 0, 2 * Math.PI);
  else if (marker === 'square') ctx.rect(x - r, y - r, 2 * r, 2 * r);
  else if (marker === 'triangle')
    polygon(ctx, [
      [x, y - r - 1],
      [x + r + 1, y + r],
      [x - r - 1, y + r],
    ]);
  else if (marker === 'diamond')
    polygon(ctx, [
      [x, y - r - 1],
      [x + r + 1, y],
      [x, y + r + 1],
      [x - r - 1, y],
    ]);
  else {
    ctx.moveTo(x - r, y - r);
    ctx.lineTo(x + r, y + r);
    ctx.moveTo(x + r, y - r);
    ctx.lineTo(x - r, y + r);
    ctx.lineWidth = 2;
    ctx.stroke();
    return;
  }
  ctx.fill();
}

function polygon(ctx: CanvasRenderingContext2D, points: readonly (readonly [number, number])[]): void {
  points.forEach(([x, y], i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
  ctx.closePath();
}

/** Fills between two curves. */
export function drawBand({ ctx, at }: Paint, { x, low, high, color, opacity }: Band): void {
  const edge = (y: ArrayLike<number>) =>
    Array.from(x, (px, i) => at(px, y[i]!)).filter(([px, py]) => Number.isFinite(px + py));
  ctx.beginPath();
  polygon(ctx, [...edge(low), ...edge(high).reverse()]);
  ctx.fillStyle = fade(color, opacity);
  ctx.fill();
}

/** Shades what lies outside a part of the x axis; at least a hair's width, so that it is never lost. */
export function drawOutside({ ctx, area, at }: Paint, [start, end]: readonly [number, number], theme: Theme): void {
  const [left, right] = [at(start, 1)[0], at(end, 1)[0]];
  ctx.fillStyle = theme.shade;
  const height = area.bottom - area.top;
  if (left > area.left) ctx.fillRect(area.left, area.top, Math.max(left - area.left, 2), height);
  const width = Math.max(area.right - right, 2);
  if (right < area.right) ctx.fillRect(area.right - width, area.top, width, height);
}

/** Draws the marker line with its dots, and the stretch that a drag chooses. */
export function drawLook({ ctx, area, at }: Paint, { cursor, marks = [], brush }: Look, theme: Theme): void {
  const height = area.bottom - area.top;
  if (brush) {
    const [from, to] = [at(brush[0], 1)[0], at(brush[1], 1)[0]];
    ctx.fillStyle = fade(theme.accent, 0.25);
    ctx.fillRect(from, area.top, to - from, height);
  }
  if (cursor !== undefined) {
    const pixel = Math.round(at(cursor, 1)[0]) + 0.5;
    ctx.strokeStyle = fade(theme.foreground, theme.contrast ? 1 : 0.55);
    ctx.lineWidth = 1;
    ctx.setLineDash([]);
    ctx.beginPath();
    ctx.moveTo(pixel, area.top);
    ctx.lineTo(pixel, area.bottom);
    ctx.stroke();
  }
  for (const { x, y, color } of marks) {
    const [px, py] = at(x, y);
    if (!Number.isFinite(px + py)) continue;
    ctx.beginPath();
    ctx.arc(px, py, 3, 0, 2 * Math.PI);
    ctx.fillStyle = color;
    ctx.strokeStyle = theme.background;
    ctx.lineWidth = 1.5;
    ctx.fill();
    ctx.stroke();
  }
}
