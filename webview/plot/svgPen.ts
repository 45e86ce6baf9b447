import { lineText } from '../../src/core/text/plainText';
import type { Pen } from './pen';

const ANCHORS: Partial<Record<CanvasTextAlign, string>> = { center: 'middle', right: 'end', end: 'end' };
const BASELINES: Partial<Record<CanvasTextBaseline, string>> = {
  middle: 'central',
  top: 'text-before-edge',
  bottom: 'text-after-edge',
};

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

type Attributes = Readonly<Record<string, string | number | undefined>>;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => lineText(text).replace(/[&<>"]/g, (char) => ESCAPES[char]!);

/** A number as short as a hundredth of a pixel asks for. */
const short = (value: number) => String(Math.round(value * 100) / 100);

const attributesOf = (attributes: Attributes) =>
  Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? short(value) : escaped(value!)}"`)
    .join('');

/** A colour of a canvas as attributes that every reader of SVG knows: opacity apart. */
function paintOf(name: 'fill' | 'stroke', style: Pen['fillStyle']): Attributes {
  const color = typeof style === 'string' ? style : 'none';
  const found = /^rgba\(([^)]*),\s*([\d.]+)\)$/.exec(color);
  return found
    ? { [name]: `rgb(${found[1]})`, [`${name}-opacity`]: found[2] === '1' ? undefined : found[2] }
    : { [name]: color };
}

/**
 * A pen that writes SVG. It sets no style attributes, which a page's content policy forbids, and needs no DOM.
 * Coordinates are those of the document, `width` x `height` pixels; `measure` gives the width of a text in a font, and
 * `name` begins the document's ids, so that several can stand on one page.
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

  constructor(
    private readonly width: number,
    private readonly height: number,
    private readonly measure: (text: string, font: string) => number,
    private readonly name = 'figure',
  ) {}

  /** The document, with its title and what it shows. */
  document(title: string, description: string): string {
    const { width, height } = this;
    const clips = this.clips.length ? `<defs>${this.clips.join('')}</defs>` : '';
    const size = attributesOf({ width, height, viewBox: `0 0 ${short(width)} ${short(height)}` });
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
    const place = this.placeOf(x, y);
    this.x = place.x;
    this.y = place.y;
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
    const half = (to: number) => `A${short(radius)} ${short(radius)} 0 1 1 ${this.at(to, y)}`;
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
    this.add('rect', { x: place.x, y: place.y, width, height, ...paintOf('fill', this.fillStyle) });
  }

  drawImage(picture: Pick<HTMLCanvasElement, 'toDataURL'>, x: number, y: number, width: number, height: number): void {
    const place = this.placeOf(x, y);
    const href = picture.toDataURL('image/png');
    this.add('image', { x: place.x, y: place.y, width, height, preserveAspectRatio: 'none', href });
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
    return { width: this.measure(text, this.font) };
  }

  private write(text: string, x: number, y: number, paint: Attributes): void {
    const [, weight, size, family] = /^(?:(\w+) )?([\d.]+)px (.+)$/.exec(this.font) ?? [];
    const place = this.placeOf(x, y);
    const turn = this.angle
      ? `rotate(${short((this.angle * 180) / Math.PI)} ${short(place.x)} ${short(place.y)})`
      : undefined;
    const attributes = attributesOf({
      x: place.x,
      y: place.y,
      'font-family': family,
      'font-size': size,
      'font-weight': weight,
      'text-anchor': ANCHORS[this.textAlign],
      'dominant-baseline': BASELINES[this.textBaseline],
      transform: turn,
      ...paint,
    });
    this.elements.push(`<text${attributes}>${escaped(text)}</text>`);
  }

  private strokeOf(): Attributes {
    return {
      ...paintOf('stroke', this.strokeStyle),
      'stroke-width': this.lineWidth,
      'stroke-linejoin': this.lineJoin === 'miter' ? undefined : this.lineJoin,
      'stroke-dasharray': this.dash.length ? this.dash.join(' ') : undefined,
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
    if (!this.angle) return { x: this.x + x, y: this.y + y };
    const cos = Math.cos(this.angle);
    const sin = Math.sin(this.angle);
    return { x: this.x + x * cos - y * sin, y: this.y + x * sin + y * cos };
  }
}
