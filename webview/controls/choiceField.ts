import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { valueAt, type Path } from '../../src/core/experiment/changes';
import { fieldAt } from '../../src/core/experiment/fieldAt';
import { hintOf } from '../../src/core/experiment/fieldWords';
import type { Editing } from '../state/editing';
import { markOf, resetButton, settingOf, type SettingTemplate } from './setting';

/** One row of a picker. */
export interface Option {
  readonly id: string;
  readonly title: string;
  readonly summary?: string;
}

/** What a picker is beside its label, its value and its rows. */
interface PickerParts {
  readonly test?: string | undefined;
  /** What the label says under the pointer. */
  readonly hint?: string;
  /** What stands behind the list. */
  readonly more?: unknown;
  /** Its class. */
  readonly mark?: string;
  /** The path of its value in the document. */
  readonly field?: string;
}

/** The id of a picker's list. */
const idOf = (test: string) => `picker-${test.replaceAll(' ', '-')}`;

/** A picker over rows; `choose` gets the id of the one that is chosen. */
export function picker(
  label: string,
  value: string,
  rows: readonly Option[],
  choose: (id: string) => void,
  { test = label.toLowerCase(), hint = '', more = nothing, mark = 'entry', field }: PickerParts = {},
): TemplateResult {
  const row = rows.find(({ id }) => id === value);
  // A long title is cut off in the field: the whole of it is shown under the pointer.
  const whole = [row?.title, row?.summary].filter(Boolean).join('. ');
  const id = idOf(test);
  return html`<div class=${mark} data-field=${ifDefined(field)}>
    <label for=${id} title=${hint}>${label}</label>
    <select
      id=${id}
      data-testid=${test}
      title=${whole}
      @change=${({ target }: Event) => choose((target as HTMLSelectElement).value)}
    >
      ${rows.map((one) => html`<option value=${one.id} .selected=${one.id === value}>${one.title}</option>`)}
    </select>
    ${more}
  </div>`;
}

/** What a choice is called where that is not by the schema's title, and what choosing does where it is more than an edit. */
export interface ChoiceOptions {
  readonly label?: string;
  readonly choose?: (id: string) => void;
  readonly test?: string;
  /** The rows to choose from, where they are not all. */
  readonly rows?: readonly Option[];
}

/** A picker for a value of the experiment that is a row's id, or an object told apart by one. */
export function choiceField(
  editing: Editing,
  path: Path,
  { label, choose, test, rows }: ChoiceOptions = {},
): SettingTemplate | typeof nothing {
  const { experiment } = editing;
  const field = fieldAt(path, experiment);
  if (!field?.choices || !experiment) return nothing;
  const value = idIn(valueAt(experiment, path));
  const title = label ?? field.title;
  const name = test ?? title.toLowerCase();
  const reset = choose && (() => choose(idIn(field.default)));
  const shown = rows ?? field.choices;
  const hasDefault = shown.some((one) => one.id === idIn(field.default));
  const more = hasDefault ? resetButton(editing, field, idOf(name), reset) : nothing;
  const parts = { test: name, hint: hintOf(field), more, mark: markOf(editing, path), field: path.join('.') };
  const act = choose ?? ((one: string) => editing.set(path, one));
  return settingOf(picker(title, value, shown, act, parts), path);
}

/** The id of a value that is one, or an object told apart by it. */
const idIn = (value: unknown): string =>
  typeof value === 'object' && value !== null ? (value as { id: string }).id : String(value);
