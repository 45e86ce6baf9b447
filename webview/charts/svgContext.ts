import { Context } from 'svgcanvas';

const ANCHORS: Partial<Record<CanvasTextAlign, string>> = { center: 'middle', right: 'end', end: 'end' };
const BASELINES: Partial<Record<CanvasTextBaseline, string>> = {
  middle: 'central',
  top: 'text-before-edge',
  bottom: 'text-after-edge',
};

/** svgcanvas's context, with text that does not set a style attribute, which the page's content policy forbids. */
export class SvgContext extends Context {
  fillText(text: string, x: number, y: number): void {
    this.write(text, x, y, 'fill');
  }

  strokeText(text: string, x: number, y: number): void {
    this.write(text, x, y, 'stroke');
  }

  private write(text: string, x: number, y: number, action: 'fill' | 'stroke'): void {
    const { style } = document.createElement('span');
    style.font = this.font;
    const parent = this.__closestGroupOrSvg();
    const element = this.__createElement(
      'text',
      {
        'font-family': style.fontFamily,
        'font-size': style.fontSize,
        'font-weight': style.fontWeight,
        x,
        y,
        'text-anchor': ANCHORS[this.textAlign] ?? 'start',
        'dominant-baseline': BASELINES[this.textBaseline] ?? 'alphabetic',
      },
      true,
    );
    element.textContent = text;
    this.__currentElement = element;
    this.__applyTransformation(element);
    this.__applyStyleToCurrentElement(action);
    parent.append(element);
  }
}
