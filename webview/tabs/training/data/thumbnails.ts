import { html, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { ClassCount, ImagesPreview } from '../../../../src/core/datasets/preview/preview';
import { channelsOf } from '../../../plot/colors';
import type { Theme } from '../../../plot/theme';

/** One picture: width x height bytes, row-major. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Draws a picture into a canvas in the theme's ink: 0 is the background, 255 is full. */
function drawPicture(canvas: HTMLCanvasElement, { width, height, pixels }: Picture, ink: string): void {
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d')!;
  const image = pen.createImageData(width, height);
  const [red, green, blue] = channelsOf(ink);
  pixels.forEach((value, i) => image.data.set([red, green, blue, value], 4 * i));
  pen.putImageData(image, 0, 0);
}

/** A picture of the data, as large as its place; `name` is what a screen reader says. */
export const thumbnail = (picture: Picture, theme: Theme, name: string): TemplateResult =>
  html`<canvas
    class="thumbnail"
    role="img"
    aria-label=${name}
    ${ref((element) => element && drawPicture(element as HTMLCanvasElement, picture, theme.foreground))}
  ></canvas>`;

/** Pictures of the data, a line for each class. */
export function thumbnails(
  { width, height, pixels, labels }: ImagesPreview,
  classes: readonly ClassCount[],
  theme: Theme,
): TemplateResult {
  const size = width * height;
  const picture = (i: number): Picture => ({ width, height, pixels: pixels.subarray(i * size, (i + 1) * size) });
  const all = Array.from(labels.keys());
  const shown = classes.filter((_, k) => labels.includes(k));
  const rest = classes.length - shown.length;
  return html`<section class="chart" aria-labelledby="title-data-images" data-testid="data-images">
    <header>
      <h2 id="title-data-images"><span class="title">Pictures</span></h2>
    </header>
    <p class="about-line">
      Pictures of ${width} x ${height} pixels, some of each class.${rest ? ` ${rest} more classes are not shown.` : ''}
    </p>
    <dl class="thumbnails">
      ${shown.map(({ label, count }, k) => {
        const mine = all.filter((i) => labels[i] === k);
        return html`<div>
          <dt>${label}</dt>
          <dd class="pictures">
            ${mine.map((i, n) => thumbnail(picture(i), theme, `Picture ${n + 1} of class ${label}`))}
          </dd>
          <dd class="count">${count} rows</dd>
        </div>`;
      })}
    </dl>
  </section>`;
}
