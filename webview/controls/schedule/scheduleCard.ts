import { html, nothing, type TemplateResult } from 'lit';
import { entryLabel } from '../../../src/core/schedules/entry';
import { type ScheduleEntry } from '../../../src/core/schedules/entrySchema';
import { parametersOf } from '../../../src/core/schedules/definition';
import { scheduleFamily, schedules } from '../../../src/core/schedules';
import { presets } from '../../../src/core/schedules/presets';
import { PRESET, chooseFamily, hasFreePoints, presetOfEntry } from '../../state/scheduleEdits';
import { equation } from '../../elements/equation';
import type { Editing } from '../../state/editing';
import type { ScheduleList } from '../../state/scheduleList';
import type { Theme } from '../../plot/theme';
import { strokeOf } from '../../plot/strokes';
import { legendSymbol } from '../../plot/legend';
import { inputFields, type InputsPage } from './inputFields';
import { modifierList } from './modifierList';
import { parameterField } from '../parameterField';
import { errorText, idsOf } from '../textField';
import { icon, iconButton } from '../../elements/icons';

/** The picker of a schedule's family or preset, and the source of what is chosen. */
export function familyPicker(editing: Editing, entry: ScheduleEntry, index: number): TemplateResult {
  const pick = ({ target }: Event) => chooseFamily(editing, index, (target as HTMLSelectElement).value);
  const preset = presetOfEntry(entry);
  const { summary, source } = preset ?? scheduleFamily(entry.id);
  const value = preset ? PRESET + preset.id : entry.id;
  const option = (id: string, title: string) => html`<option value=${id} .selected=${id === value}>${title}</option>`;
  return html`<label class="field">
      <span>Family</span>
      <select @change=${pick} data-testid="family" title=${summary}>
        <optgroup label="Families">${schedules.map(({ id, title }) => option(id, title))}</optgroup>
        <optgroup label="Presets">${presets.map(({ id, title }) => option(PRESET + id, title))}</optgroup>
      </select>
    </label>
    <p class="source" data-testid="source">${source}</p>`;
}

/** What a schedule takes: its inputs, its parameters, and its modifiers with theirs. */
export function scheduleFields(page: FieldsPage, entry: ScheduleEntry, index: number): TemplateResult {
  const { editing } = page;
  const idle = scheduleFamily(entry.id).idle?.(entry.inputs) ?? [];
  const names = Object.keys(parametersOf(entry)).filter((name) => !idle.includes(name));
  return html`${inputFields(page, entry, index)}
  ${names.map((name) => parameterField(editing, ['schedules', index, 'params', name]))}
  ${pointsPart(page, entry, index)} ${modifierList(editing, entry, index)}`;
}

/** What turns a schedule into control points, or how those are moved; and how closely they follow what they were. */
function pointsPart({ editing, schedules: list }: FieldsPage, entry: ScheduleEntry, index: number): TemplateResult {
  const path = ['schedules', index, 'points'];
  const fit = list.fitOf(entry);
  if (hasFreePoints(entry))
    return html`<p class="hint" data-testid="points-hint">
      ${fit ? html`<span data-testid="fit">${fit}</span> ` : nothing}Drag the points on the plots of γ and ᾱ over t. A
      double click on a plot adds one, Delete removes the one in focus.
    </p>`;
  const limit = editing.experiment?.window.logSnr;
  return html`<div>
    <button
      type="button"
      class="secondary"
      title="Makes this a schedule of control points that follow it, which can be dragged on the plots; one edit that can be undone"
      ?disabled=${limit === undefined}
      @click=${() => list.toPoints(index, limit!)}
    >
      Edit as points
    </button>
    ${errorText(idsOf(path).errorId, editing.at(path)?.message)}
  </div>`;
}

/** What the fields of a schedule use of their page. */
export interface FieldsPage extends InputsPage {
  readonly schedules: ScheduleList;
}

/** What the card of a schedule uses of its page. */
export interface SchedulesPage extends FieldsPage {
  readonly theme: Theme;
  /** Draws the page at once. */
  drawNow(): void;
}

/** One schedule of the list: its name, and when open its family, label and parameters. */
export function scheduleCard(page: SchedulesPage, entry: ScheduleEntry, index: number, count: number): TemplateResult {
  const { editing, schedules: list, theme } = page;
  const family = scheduleFamily(entry.id);
  const name = entryLabel(entry);
  const open = list.open.has(index);
  const move = (to: number) => {
    list.move(index, to);
    // at once: the next key press must meet the card that moved
    page.drawNow();
    document.querySelector<HTMLElement>(`[data-schedule="${to}"] .name`)?.focus();
  };
  const keys = (event: KeyboardEvent) => {
    const step = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
    if (!step) return;
    event.preventDefault();
    if (index + step >= 0 && index + step < count) move(index + step);
  };
  const labelPath = ['schedules', index, 'label'];
  const rename = (text: string) => {
    const label = text.trim();
    if (label === (entry.label ?? '')) editing.restore(labelPath);
    else editing.set(labelPath, label === '' ? undefined : label);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    (event.currentTarget as Element).classList.remove('target');
    const from = /^\d+$/.exec(event.dataTransfer?.getData('text/plain') ?? '')?.[0];
    if (from) list.move(Number(from), index);
  };
  const aim = (event: DragEvent) => {
    event.preventDefault();
    (event.currentTarget as Element).classList.toggle('target', event.type === 'dragover');
  };
  return html`<li
    class="card ${open ? 'open' : ''} ${list.hidden.has(index) ? 'dim' : ''} ${count > 1 && list.focus === index ? 'focus' : ''}"
    data-schedule=${index}
    @focusin=${() => list.focusOn(index)}
    @dragover=${aim}
    @dragleave=${aim}
    @drop=${drop}
  >
    <div
      class="head"
      draggable=${count > 1 ? 'true' : 'false'}
      @dragstart=${(event: DragEvent) => event.dataTransfer?.setData('text/plain', String(index))}
    >
      <button
        type="button"
        class="name"
        aria-expanded=${open ? 'true' : 'false'}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        title=${family.summary}
        @click=${() => list.toggleCard(index)}
        @keydown=${keys}
      >
        ${icon(open ? 'chevron-down' : 'chevron-right')} ${legendSymbol(strokeOf(theme, index))}
        <span class="title">${name}</span>
      </button>
      <span class="tools">
        ${
          count > 1
            ? html`${iconButton('arrow-up', `Move ${name} up`, () => move(index - 1), index === 0)}
              ${iconButton('arrow-down', `Move ${name} down`, () => move(index + 1), index === count - 1)}
              ${iconButton('close', `Remove ${name}`, () => list.remove(index))}`
            : nothing
        }
      </span>
    </div>
    ${index === 0 && count > 1 ? html`<p class="note">trained and integrated</p>` : nothing}
    ${
      open
        ? html`<div class="body">
            ${familyPicker(editing, entry, index)}
            <div
              class="defined"
              role="group"
              aria-label="Definition"
              tabindex="0"
              title=${`${family.summary} ${family.source}`}
            >
              ${equation(family.equation)}
            </div>
            ${scheduleFields(page, entry, index)}
            <label class="field">
              <span>Label</span>
              <input
                type="text"
                autocomplete="off"
                placeholder=${entryLabel({ ...entry, label: undefined })}
                .value=${editing.textAt(labelPath)}
                @input=${({ target }: Event) => {
                  const text = (target as HTMLInputElement).value;
                  editing.type(labelPath, text, { enter: () => rename(text) });
                }}
                @change=${({ target }: Event) => rename((target as HTMLInputElement).value)}
              />
            </label>
          </div>`
        : nothing
    }
  </li>`;
}
