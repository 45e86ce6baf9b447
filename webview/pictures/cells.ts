/** Fills between whole pixels, so that cells beside each other neither overlap nor leave a seam. */
export function fillCell(
  ctx: CanvasRenderingContext2D,
  left: number,
  top: number,
  right: number,
  bottom: number,
): void {
  const [x, y] = [Math.round(left), Math.round(top)];
  ctx.fillRect(x, y, Math.round(right) - x, Math.round(bottom) - y);
}
