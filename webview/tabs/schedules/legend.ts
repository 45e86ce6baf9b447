import { html, type TemplateResult } from 'lit';
import { entryLabel } from '../../../src/core/schedules/entry';
import type { Store } from '../../state/store';
import { strokeOf } from '../../plot/theme';
import { chip } from '../../controls/chip';

/** The legend of all charts: a click hides a schedule, Alt and a click shows it alone. */
export function legend(store: Store): TemplateResult {
  const entries = store.experiment?.schedules ?? [];
  return html`<div class="legend" role="group" aria-label="Schedules shown">
    ${entries.map((entry, i) => {
      const name = entryLabel(entry);
      return html`<button
        type="button"
        aria-pressed=${store.hidden.has(i) ? 'false' : 'true'}
        title=${`${name}: click to hide or show, Alt-click to show alone`}
        @click=${(event: MouseEvent) => store.toggle(i, event.altKey)}
      >
        ${chip(strokeOf(store.theme, i))}<span>${name}</span>
      </button>`;
    })}
  </div>`;
}
