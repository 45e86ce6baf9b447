/**
 * What marks draw with: the part of a canvas' context that they use. A canvas' context is a pen as it is, and `SvgPen`
 * writes what is drawn as elements of SVG.
 */
export interface Pen {
  fillStyle: string | CanvasGradient | CanvasPattern;
  strokeStyle: string | CanvasGradient | CanvasPattern;
  lineWidth: number;
  lineJoin: CanvasLineJoin;
  /** As `600 11px family`. */
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  save(): void;
  restore(): void;
  translate(x: number, y: number): void;
  rotate(angle: number): void;
  beginPath(): void;
  closePath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  rect(x: number, y: number, width: number, height: number): void;
  /** A whole circle: the angles are 0 and 2 pi. */
  arc(x: number, y: number, radius: number, start: number, end: number): void;
  fill(): void;
  stroke(): void;
  clip(): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  /** Draws a picture into a rectangle, smooth where it is enlarged. */
  drawImage(picture: HTMLCanvasElement, x: number, y: number, width: number, height: number): void;
  setLineDash(dash: number[]): void;
  fillText(text: string, x: number, y: number): void;
  strokeText(text: string, x: number, y: number): void;
  measureText(text: string): { readonly width: number };
}

/** A part of a drawing, its edges in pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Draws with an area as the clip, `margin` pixels wider on each side. */
export function clipped(pen: Pen, area: Area, margin: number, draw: () => void): void {
  pen.save();
  pen.beginPath();
  pen.rect(
    area.left - margin,
    area.top - margin,
    area.right - area.left + 2 * margin,
    area.bottom - area.top + 2 * margin,
  );
  pen.clip();
  draw();
  pen.restore();
}

/** Draws a straight line of the pen's colour and width. */
export function drawSegment(pen: Pen, x0: number, y0: number, x1: number, y1: number, dash: readonly number[] = []) {
  pen.setLineDash([...dash]);
  pen.beginPath();
  pen.moveTo(x0, y0);
  pen.lineTo(x1, y1);
  pen.stroke();
  if (dash.length) pen.setLineDash([]);
}

/** Fills between whole pixels, so that cells beside each other neither overlap nor leave a seam. */
export function fillCell(pen: Pen, left: number, top: number, right: number, bottom: number): void {
  const x = Math.round(left);
  const y = Math.round(top);
  pen.fillRect(x, y, Math.round(right) - x, Math.round(bottom) - y);
}
