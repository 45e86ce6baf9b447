import { html, nothing, type TemplateResult } from 'lit';
import type { ScheduleEntry } from '../../../src/core/schedules/entrySchema';
import { modifierOf, modifiers } from '../../../src/core/schedules/modifiers';
import { addModifier, moveModifier, removeModifier } from '../../state/scheduleEdits';
import { equation } from '../equation';
import type { Store } from '../../state/store';
import { parameter } from '../parameter';
import { iconButton } from '../parts';

/** The changes made to a schedule, in order, each with its parameters, and the picker that adds one. */
export function modifierList(store: Store, entry: ScheduleEntry, index: number): TemplateResult {
  const count = entry.modifiers.length;
  const add = ({ target }: Event) => {
    const select = target as HTMLSelectElement;
    if (select.value) addModifier(store, index, select.value);
    select.value = '';
  };
  const saved = store.entries()[index]?.modifiers ?? [];
  return html`<section class="modifiers" aria-label="Modifiers">
    ${entry.modifiers.map(({ id, params }, k) => {
      const row = modifierOf(id);
      const path = ['schedules', index, 'modifiers', k, 'params'];
      return html`<div class="modifier" data-modifier=${k}>
        <div class="modifier-head">
          <h3 title=${`${row.summary} ${row.source}`}>${row.title}</h3>
          ${
            count > 1
              ? html`${iconButton('arrow-up', `Apply ${row.title} earlier`, () => moveModifier(store, index, k, k - 1), k === 0)}
                ${iconButton('arrow-down', `Apply ${row.title} later`, () => moveModifier(store, index, k, k + 1), k === count - 1)}`
              : nothing
          }
          ${iconButton('close', `Remove ${row.title}`, () => removeModifier(store, index, k))}
        </div>
        <div class="defined" tabindex="0" role="group" aria-label=${`Definition of ${row.title}`} title=${row.summary}>
          ${equation(row.equation)}
        </div>
        ${Object.entries(row.parameters).map(([name, one]) =>
          parameter(store, [...path, name], one, saved[k]?.params[name] ?? params[name]!),
        )}
      </div>`;
    })}
    <select class="add" aria-label="Add modifier" @change=${add} data-testid="add-modifier">
      <option value="">Add modifier…</option>
      ${modifiers.map(({ id, title, summary }) => html`<option value=${id} title=${summary}>${title}</option>`)}
    </select>
  </section>`;
}
