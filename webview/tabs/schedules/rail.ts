import { html, nothing, type TemplateResult } from 'lit';
import type { Store } from '../../state/store';
import { icon } from '../../controls/parts';
import { scheduleCard } from '../../controls/schedule/scheduleCard';

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

/** The first schedule alone, for what follows only that one. */
export function firstSchedule(store: Store): TemplateResult {
  const [entry] = store.experiment?.schedules ?? [];
  return html`<aside class="rail" aria-label="Schedule">
    <details ?open=${innerWidth >= NARROW}>
      <summary>Schedule</summary>
      <fieldset ?disabled=${store.blocked}>
        <ul class="cards">
          ${entry ? scheduleCard(store, entry, 0, 1) : nothing}
        </ul>
      </fieldset>
    </details>
  </aside>`;
}
