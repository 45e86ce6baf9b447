import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { HandleGestures, type Handles, type HandleTarget } from './handles';
import type { Frame } from './marks/mark';
import type { Range } from './range';

/** What the handles of a plot need of it. */
export interface HandledPlot {
  readonly handles: Handles | undefined;
  readonly frame: Frame | undefined;
  readonly yRange: Range | undefined;
  /** Draws the page in the next frame, or at once. */
  changed(): void;
  drawNow(): void;
}

/** The elements of a plot's handles: where they stand, and what is said of them. */
export class HandleLayer implements HandleTarget {
  readonly gestures = new HandleGestures(this);
  /** Why a handle did not follow. */
  text = '';
  /** The part of the y axis that is kept while a handle is held. */
  held: Range | undefined;
  private element: HTMLElement | undefined;

  constructor(private readonly plot: HandledPlot) {}

  get handles(): Handles | undefined {
    return this.plot.handles;
  }

  get frame(): Frame | undefined {
    return this.plot.frame;
  }

  readonly mount = (element: Element | undefined): void => {
    this.element = element as HTMLElement | undefined;
  };

  /** Puts the handles where their points stand. */
  place(): void {
    const { element, handles, frame } = this;
    if (element && handles && frame) placeHandles(element, handles, frame);
  }

  hold(held: boolean): void {
    this.held = held ? this.plot.yRange : undefined;
    this.plot.changed();
  }

  note(text: string): void {
    if (text === this.text) return;
    this.text = text;
    this.plot.changed();
  }

  drawn(k: number): HTMLElement | undefined {
    this.plot.drawNow();
    return this.element?.querySelector<HTMLElement>(`[data-handle="${k}"]`) ?? undefined;
  }
}

/** The handles of a plot over its canvases, and below them why one did not follow. */
export function handleLayer({ handles, gestures, text, mount }: HandleLayer): TemplateResult | typeof nothing {
  if (!handles) return nothing;
  const { points, name, color } = handles;
  const title = 'Drag, or use the arrow keys (Shift: larger steps). Enter adds a point, Delete removes this one.';
  return html`<div class="handles" role="group" aria-label=${name} ${ref(mount)}>
      ${points.map(
        ({ y, text }, k) =>
          html`<div
            class="handle"
            role="slider"
            tabindex="0"
            data-handle=${k}
            data-color=${color}
            title=${title}
            aria-label=${`Point ${k + 1} of ${points.length}`}
            aria-valuemin=${points[k - 1]?.y ?? Math.min(y, points[0]!.y)}
            aria-valuemax=${points[k + 1]?.y ?? Math.max(y, points.at(-1)!.y)}
            aria-valuenow=${y}
            aria-valuetext=${text}
            @pointerdown=${(event: PointerEvent) => gestures.press(k, event)}
            @pointermove=${(event: PointerEvent) => gestures.drag(event)}
            @pointerup=${() => gestures.release()}
            @pointercancel=${() => gestures.release()}
            @keydown=${(event: KeyboardEvent) => gestures.keys(k, event)}
            @keyup=${() => gestures.settle()}
            @blur=${() => gestures.leave()}
          ></div>`,
      )}
    </div>
    <p class="handle-note" role="status">${text}</p>`;
}

/** Puts the elements of handles where their points stand; those outside the plot are hidden. */
function placeHandles(layer: HTMLElement, { points, color }: Handles, frame: Frame): void {
  const { left, right, top, bottom } = frame.area;
  layer.querySelectorAll<HTMLElement>('.handle').forEach((element, k) => {
    const point = points[k];
    const [x, y] = point ? [frame.x(point.x), frame.y(point.y)] : [NaN, NaN];
    element.hidden = !(x >= left - 1 && x <= right + 1 && y >= top - 1 && y <= bottom + 1);
    element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    element.style.borderColor = color;
  });
}
