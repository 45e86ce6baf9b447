import { html, nothing, type TemplateResult } from 'lit';
import type { Experiment } from '../../../src/core/experiment/experiment';
import type { AskHost } from '../../state/host';
import { icon } from '../../elements/icons';
import { scheduleCard, type SchedulesPage } from './scheduleCard';

/** Width in pixels under which the rail is a disclosure on top. */
const NARROW = 760;

/** What the rail of schedules uses of its page. */
export interface RailPage extends SchedulesPage {
  readonly experiment: Experiment | undefined;
  readonly blocked: boolean;
  readonly ask: AskHost;
  readonly readOnly: boolean;
}

/** The list of schedules, with the one action that makes a new one. */
export function rail(page: RailPage): TemplateResult {
  const entries = page.experiment?.schedules ?? [];
  return html`<aside class="rail" aria-label="Schedules">
    <details ?open=${innerWidth >= NARROW}>
      <summary>Schedules (${entries.length})</summary>
      <fieldset ?disabled=${page.blocked || page.readOnly}>
        <ul class="cards">
          ${entries.map((entry, i) => scheduleCard(page, entry, i, entries.length))}
        </ul>
        <button type="button" class="primary" @click=${() => page.schedules.add()}>${icon('add')} Add schedule</button>
      </fieldset>
      <p class="about-line import-line">
        <button type="button" class="link" @click=${() => void page.ask('importScheduler', [])}>
          Import a scheduler file
        </button>
        of another program, or drop one on this page; from the explorer of VS Code hold Shift while you drop it.
      </p>
    </details>
  </aside>`;
}

/** The first schedule alone, for what follows only that one. */
export function firstSchedule(page: RailPage): TemplateResult {
  const [entry] = page.experiment?.schedules ?? [];
  return html`<aside class="rail" aria-label="Schedule">
    <details ?open=${innerWidth >= NARROW}>
      <summary>Schedule</summary>
      <fieldset ?disabled=${page.blocked || page.readOnly}>
        <ul class="cards">
          ${entry ? scheduleCard(page, entry, 0, 1) : nothing}
        </ul>
      </fieldset>
    </details>
  </aside>`;
}
