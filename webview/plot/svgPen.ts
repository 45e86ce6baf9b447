import type { Pen } from './pen';
import { attributesOf, escaped, paintOf, short, type Attributes } from './svgElements';
import { textElement, textWidth } from './svgText';

/** The size of a document on paper: lengths as SVG writes them, and the units of the document for a pixel of the screen. */
export interface PaperSize {
  readonly width: string;
  readonly height: string;
  readonly unit: number;
}

/** What `save` keeps and `restore` brings back. */
interface State {
  fillStyle: Pen['fillStyle'];
  strokeStyle: Pen['strokeStyle'];
  lineWidth: number;
  lineJoin: CanvasLineJoin;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  dash: readonly number[];
  /** Where the origin is, in the units of the document, and by which angle the axes are turned. */
  x: number;
  y: number;
  angle: number;
  /** How many groups were opened since the state before was saved. */
  groups: number;
}

/**
 * A pen that writes SVG. It sets no style attributes, which a page's content policy forbids, and needs no DOM.
 * Coordinates are those of the document, `width` x `height` pixels; `measure` gives the width of a text in a font, and
 * `name` begins the document's ids, so that several can stand on one page. With a size on paper all lengths are written
 * in its units.
 */
export class SvgPen implements Pen {
  fillStyle: Pen['fillStyle'] = '#000000';
  strokeStyle: Pen['strokeStyle'] = '#000000';
  lineWidth = 1;
  lineJoin: CanvasLineJoin = 'miter';
  font = '10px sans-serif';
  textAlign: CanvasTextAlign = 'start';
  textBaseline: CanvasTextBaseline = 'alphabetic';
  private dash: readonly number[] = [];
  private x = 0;
  private y = 0;
  private angle = 0;
  private groups = 0;
  private readonly states: State[] = [];
  private readonly elements: string[] = [];
  private readonly clips: string[] = [];
  private path: string[] = [];
  private readonly unit: number;

  constructor(
    private readonly width: number,
    private readonly height: number,
    private readonly measure: (text: string, font: string) => number,
    private readonly name = 'figure',
    private readonly paper?: PaperSize,
  ) {
    this.unit = paper?.unit ?? 1;
  }

  /** The document, with its title and what it shows. */
  document(title: string, description: string): string {
    const [width, height] = [this.width * this.unit, this.height * this.unit];
    const clips = this.clips.length ? `<defs>${this.clips.join('')}</defs>` : '';
    const size = attributesOf({
      width: this.paper?.width ?? width,
      height: this.paper?.height ?? height,
      viewBox: `0 0 ${short(width)} ${short(height)}`,
    });
    const head = `<title>${escaped(title)}</title>${description ? `<desc>${escaped(description)}</desc>` : ''}`;
    return `<svg xmlns="http://www.w3.org/2000/svg"${size} role="img">${head}${clips}${this.elements.join('')}</svg>`;
  }

  save(): void {
    const { fillStyle, strokeStyle, lineWidth, lineJoin, font, textAlign, textBaseline } = this;
    const { dash, x, y, angle, groups } = this;
    const looks = { fillStyle, strokeStyle, lineWidth, lineJoin, font, textAlign, textBaseline };
    this.states.push({ ...looks, dash, x, y, angle, groups });
    this.groups = 0;
  }

  restore(): void {
    const state = this.states.pop();
    if (!state) return;
    this.elements.push('</g>'.repeat(this.groups));
    Object.assign(this, state);
  }

  translate(x: number, y: number): void {
    const [dx, dy] = this.turned(x, y);
    this.x += dx;
    this.y += dy;
  }

  rotate(angle: number): void {
    this.angle += angle;
  }

  beginPath(): void {
    this.path = [];
  }

  closePath(): void {
    this.path.push('Z');
  }

  moveTo(x: number, y: number): void {
    this.path.push(`M${this.at(x, y)}`);
  }

  lineTo(x: number, y: number): void {
    this.path.push(`${this.path.length ? 'L' : 'M'}${this.at(x, y)}`);
  }

  rect(x: number, y: number, width: number, height: number): void {
    const corners = [this.at(x, y), this.at(x + width, y), this.at(x + width, y + height), this.at(x, y + height)];
    this.path.push(`M${corners.join('L')}Z`);
  }

  arc(x: number, y: number, radius: number): void {
    const r = short(radius * this.unit);
    const half = (to: number) => `A${r} ${r} 0 1 1 ${this.at(to, y)}`;
    this.path.push(`M${this.at(x + radius, y)}${half(x - radius)}${half(x + radius)}Z`);
  }

  fill(): void {
    this.add('path', { d: this.path.join(''), ...paintOf('fill', this.fillStyle) });
  }

  stroke(): void {
    this.add('path', { d: this.path.join(''), fill: 'none', ...this.strokeOf() });
  }

  clip(): void {
    const id = `${this.name}-clip-${this.clips.length + 1}`;
    this.clips.push(`<clipPath id="${id}"><path d="${this.path.join('')}"/></clipPath>`);
    this.elements.push(`<g clip-path="url(#${id})">`);
    this.groups++;
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const place = this.placeOf(x, y);
    const size = { width: width * this.unit, height: height * this.unit };
    this.add('rect', { x: place.x, y: place.y, ...size, ...paintOf('fill', this.fillStyle) });
  }

  drawImage(picture: Pick<HTMLCanvasElement, 'toDataURL'>, x: number, y: number, width: number, height: number): void {
    const place = this.placeOf(x, y);
    const href = picture.toDataURL('image/png');
    const size = { width: width * this.unit, height: height * this.unit };
    this.add('image', { x: place.x, y: place.y, ...size, preserveAspectRatio: 'none', href });
  }

  setLineDash(dash: number[]): void {
    this.dash = dash;
  }

  fillText(text: string, x: number, y: number): void {
    this.write(text, x, y, paintOf('fill', this.fillStyle));
  }

  strokeText(text: string, x: number, y: number): void {
    this.write(text, x, y, { fill: 'none', ...this.strokeOf() });
  }

  measureText(text: string): { readonly width: number } {
    return { width: textWidth(text, this.font, this.measure) };
  }

  private write(text: string, x: number, y: number, paint: Attributes): void {
    const { font, textAlign: align, textBaseline: baseline, angle, unit } = this;
    this.elements.push(textElement(text, { ...this.placeOf(x, y), font, align, baseline, angle, unit }, paint));
  }

  private strokeOf(): Attributes {
    return {
      ...paintOf('stroke', this.strokeStyle),
      'stroke-width': this.lineWidth * this.unit,
      'stroke-linejoin': this.lineJoin === 'miter' ? undefined : this.lineJoin,
      'stroke-dasharray': this.dash.length ? this.dash.map((length) => short(length * this.unit)).join(' ') : undefined,
    };
  }

  private add(name: string, attributes: Attributes): void {
    this.elements.push(`<${name}${attributesOf(attributes)}/>`);
  }

  private at(x: number, y: number): string {
    const place = this.placeOf(x, y);
    return `${short(place.x)} ${short(place.y)}`;
  }

  /** A point of the turned and shifted axes in the units of the document. */
  private placeOf(x: number, y: number): { readonly x: number; readonly y: number } {
    const [dx, dy] = this.turned(x, y);
    return { x: (this.x + dx) * this.unit, y: (this.y + dy) * this.unit };
  }

  private turned(x: number, y: number): readonly [number, number] {
    if (!this.angle) return [x, y];
    const [cos, sin] = [Math.cos(this.angle), Math.sin(this.angle)];
    return [x * cos - y * sin, x * sin + y * cos];
  }
}
