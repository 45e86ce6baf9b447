import { html, nothing, type TemplateResult } from 'lit';
import type { ScheduleEntry } from '../../../src/core/schedules/entrySchema';
import { modifierOf, modifiers } from '../../../src/core/schedules/modifiers';
import { addModifier, moveModifier, removeModifier } from '../../state/scheduleEdits';
import { equation } from '../../elements/equation';
import type { Editing } from '../../state/editing';
import { parameterFields } from '../parameterField';
import { iconButton } from '../../elements/icons';

/** The changes made to a schedule, in order, each with its parameters, and the picker that adds one. */
export function modifierList(editing: Editing, entry: ScheduleEntry, index: number): TemplateResult {
  const count = entry.modifiers.length;
  const add = ({ target }: Event) => {
    const select = target as HTMLSelectElement;
    if (select.value) addModifier(editing, index, select.value);
    select.value = '';
  };
  return html`<div class="modifiers" role="group" aria-label="Modifiers">
    ${count ? html`<h2 class="hidden">Modifiers</h2>` : nothing}
    ${entry.modifiers.map(({ id }, k) => {
      const row = modifierOf(id);
      const path = ['schedules', index, 'modifiers', k, 'params'];
      return html`<div class="modifier" data-modifier=${k}>
        <div class="modifier-head">
          <h3 title=${`${row.summary} ${row.source}`}>${row.title}</h3>
          ${
            count > 1
              ? html`${iconButton('arrow-up', `Apply ${row.title} earlier`, () => moveModifier(editing, index, k, k - 1), k === 0)}
                ${iconButton('arrow-down', `Apply ${row.title} later`, () => moveModifier(editing, index, k, k + 1), k === count - 1)}`
              : nothing
          }
          ${iconButton('close', `Remove ${row.title}`, () => removeModifier(editing, index, k))}
        </div>
        <div class="defined" tabindex="0" role="group" aria-label=${`Definition of ${row.title}`} title=${row.summary}>
          ${equation(row.equation)}
        </div>
        ${parameterFields(editing, path, row.parameters)}
      </div>`;
    })}
    <select class="add" aria-label="Add modifier" @change=${add} data-testid="add-modifier">
      <option value="">Add modifier…</option>
      ${modifiers.map(({ id, title, summary }) => html`<option value=${id} title=${summary}>${title}</option>`)}
    </select>
  </div>`;
}
