import { html, nothing, type TemplateResult } from 'lit';
import { noiseAxes, noiseAxisOf, type NoiseAxisId } from '../../plot/noiseAxis';
import type { Range } from '../../plot/range';

/** What the switch of the x axis uses. */
export interface AxisChoice {
  readonly axis: NoiseAxisId;
  readonly zoom: Range | undefined;
  /** Where the cursor stands, in words that follow it. */
  readonly position: TemplateResult;
  choose(id: NoiseAxisId): void;
  resetZoom(): void;
}

/** The choice of x axis for all plots of schedules, what it runs between, and where the cursor stands. */
export function axisSwitch(of: AxisChoice): TemplateResult {
  const { axis: id, zoom, position } = of;
  return html`<fieldset class="axis">
      <legend>x axis</legend>
      ${noiseAxes.map(
        (axis) =>
          html`<label title=${axis.title}
            ><input
              type="radio"
              name="axis"
              value=${axis.id}
              .checked=${axis.id === id}
              @change=${() => of.choose(axis.id)}
            /><span>${axis.symbol}</span></label
          >`,
      )}
    </fieldset>
    <span class="direction">${noiseAxisOf(id).title}</span>
    ${position}
    ${zoom ? html`<button type="button" class="link" @click=${() => of.resetZoom()}>Reset zoom</button>` : nothing}`;
}
