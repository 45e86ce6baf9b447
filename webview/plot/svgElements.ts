import { lineText } from '../../src/core/text/plainText';
import type { Pen } from './pen';

/** Attributes of an element; those that are undefined are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Text as SVG takes it: in one line, unless it is a piece of one. */
export const escaped = (text: string, whole = true) =>
  (whole ? lineText(text) : text).replace(/[&<>"]/g, (char) => ESCAPES[char]!);

/** A number as short as a hundredth of a pixel asks for. */
export const short = (value: number) => String(Math.round(value * 100) / 100);

/** Attributes as they are written, each after a blank. */
export const attributesOf = (attributes: Attributes) =>
  Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? short(value) : escaped(value!)}"`)
    .join('');

/** A colour of a canvas as attributes that every reader of SVG knows: opacity apart. */
export function paintOf(name: 'fill' | 'stroke', style: Pen['fillStyle']): Attributes {
  const color = typeof style === 'string' ? style : 'none';
  const found = /^rgba\(([^)]*),\s*([\d.]+)\)$/.exec(color);
  return found
    ? { [name]: `rgb(${found[1]})`, [`${name}-opacity`]: found[2] === '1' ? undefined : found[2] }
    : { [name]: color };
}
