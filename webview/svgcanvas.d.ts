declare module 'svgcanvas' {
  /** The part of svgcanvas's context that is used beyond what a canvas context has. */
  export class Context {
    constructor(options: { width: number; height: number; ctx?: CanvasRenderingContext2D });
    font: string;
    textAlign: CanvasTextAlign;
    textBaseline: CanvasTextBaseline;
    getSerializedSvg(): string;
    __currentElement: Element;
    __closestGroupOrSvg(): Element;
    __createElement(name: string, attributes: Record<string, string | number>, reset: boolean): Element;
    __applyTransformation(element: Element): void;
    __applyStyleToCurrentElement(action: 'fill' | 'stroke'): void;
  }
}
