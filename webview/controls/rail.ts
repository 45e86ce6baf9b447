import { html, type TemplateResult } from 'lit';
import type { Store } from '../store';
import { icon } from './parts';
import { scheduleCard } from './scheduleCard';

/** Width in pixels under which the rail is a disclosure on top. */
const NARROW = 760;

/** The list of schedules, with the one action that makes a new one. */
export function rail(store: Store): TemplateResult {
  const entries = store.experiment?.schedules ?? [];
  return html`<aside class="rail" aria-label="Schedules">
    <details ?open=${innerWidth >= NARROW}>
      <summary>Schedules (${entries.length})</summary>
      <fieldset ?disabled=${store.blocked}>
        <ul class="cards">
          ${entries.map((entry, i) => scheduleCard(store, entry, i, entries.length))}
        </ul>
        <button type="button" class="primary" @click=${() => store.add()}>${icon('add')} Add schedule</button>
      </fieldset>
    </details>
  </aside>`;
}
