import { html, nothing, type TemplateResult } from 'lit';
import { valueAt, type Path } from '../../src/core/experiment/changes';
import { fieldAt } from '../../src/core/experiment/fieldAt';
import type { Editing } from '../state/editing';

/** One row of a picker. */
export interface Option {
  readonly id: string;
  readonly title: string;
  readonly summary?: string;
}

/** A picker over rows; `choose` gets the id of the one that is chosen. */
export function picker(
  label: string,
  value: string,
  rows: readonly Option[],
  choose: (id: string) => void,
  test = label.toLowerCase(),
): TemplateResult {
  const row = rows.find(({ id }) => id === value);
  // A long title is cut off in the field: the whole of it is shown under the pointer.
  const whole = [row?.title, row?.summary].filter(Boolean).join('. ');
  return html`<label class="entry">
    <span>${label}</span>
    <select
      data-testid=${test}
      title=${whole}
      @change=${({ target }: Event) => choose((target as HTMLSelectElement).value)}
    >
      ${rows.map(({ id, title }) => html`<option value=${id} .selected=${id === value}>${title}</option>`)}
    </select>
  </label>`;
}

/** What a choice is called where that is not by the schema's title, and what choosing does where it is more than an edit. */
export interface ChoiceOptions {
  readonly label?: string;
  readonly choose?: (id: string) => void;
  readonly test?: string;
}

/** A picker for a value of the experiment that is a row's id, or an object told apart by one. */
export function choiceField(
  editing: Editing,
  path: Path,
  { label, choose, test }: ChoiceOptions = {},
): TemplateResult | typeof nothing {
  const { experiment } = editing;
  const field = fieldAt(path, experiment);
  if (!field?.choices || !experiment) return nothing;
  const value = valueAt(experiment, path);
  const id = typeof value === 'object' && value !== null ? (value as { id: string }).id : String(value);
  return picker(label ?? field.title, id, field.choices, choose ?? ((one) => editing.set(path, one)), test);
}
