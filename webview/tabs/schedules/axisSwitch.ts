import { html, nothing, type TemplateResult } from 'lit';
import { axes, axisOf, timeAt, type AxisId } from '../../charts/axis';
import type { Model } from '../../charts/model';
import type { Store } from '../../state/store';

/** The choice of x axis for all charts, what it runs between, and where the cursor stands. */
export function axisSwitch(store: Store, model: Model | undefined): TemplateResult {
  const axis = axisOf(store.view.axis);
  return html`<fieldset class="axis">
      <legend>x axis</legend>
      ${axes.map(
        ({ id, symbol, title }) =>
          html`<label title=${title}
            ><input
              type="radio"
              name="axis"
              value=${id}
              .checked=${id === axis.id}
              @change=${() => chooseAxis(store, model, id)}
            /><span>${symbol}</span></label
          >`,
      )}
    </fieldset>
    <span class="direction">${axis.title}</span>
    <output class="cursor" data-readout="x">${axis.symbol} = ${axis.text(store.cursor)}</output>
    ${
      store.view.zoom
        ? html`<button type="button" class="link" @click=${() => store.look({ zoom: undefined })}>Reset zoom</button>`
        : nothing
    }`;
}

/** Changes the axis; the cursor stays at the same time of the first visible schedule. */
function chooseAxis(store: Store, model: Model | undefined, id: AxisId): void {
  const schedule = model?.lines[0]?.schedule;
  const t = (schedule && model && timeAt(model.axis, schedule, store.cursor)) ?? 0.5;
  const next = axisOf(id);
  const x = next.of(t, schedule?.logSnr(t) ?? 0);
  store.cursor = Number.isFinite(x) ? x : 0;
  store.look({ axis: id, zoom: undefined });
}
