import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { Path } from '../../src/core/experiment/changes';
import { fieldAt, type Field } from '../../src/core/experiment/fieldAt';
import { allowedText, type Parameters } from '../../src/core/registry/parameters';
import type { Editing } from '../state/editing';

/** How a field is called: by its name, or by the symbol and the meaning of a number that has none. */
function labelOf({ title, parameter }: Field): string {
  return parameter && !parameter.title ? `${parameter.symbol}, ${parameter.summary}` : title;
}

/** What stands under the pointer: what the field does, and which numbers are allowed. */
function hintOf({ summary, parameter }: Field): string {
  return parameter ? `${parameter.symbol}: ${parameter.summary}, ${allowedText(parameter)}` : summary;
}

/** The id of the field at a path, and of its message. */
export const idsOf = (path: Path) => ({ id: `field-${path.join('.')}`, errorId: `error-${path.join('.')}` });

/**
 * A field for one text, number or list of the experiment; a button stands behind it where one is given. It says below itself what it does not take. Nothing where the
 * experiment has no such field.
 */
export function textField(
  editing: Editing,
  path: Path,
  label?: string,
  button: unknown = nothing,
): TemplateResult | typeof nothing {
  const field = fieldAt(path, editing.experiment);
  if (!field) return nothing;
  const { id, errorId } = idsOf(path);
  const edit = editing.at(path);
  const hint = hintOf(field);
  const input = html`<input
    id=${id}
    type="text"
    autocomplete="off"
    spellcheck="false"
    .value=${editing.textAt(path)}
    title=${hint}
    inputmode=${ifDefined(field.kind === 'number' ? 'decimal' : undefined)}
    aria-invalid=${edit?.message ? 'true' : 'false'}
    aria-describedby=${errorId}
    @input=${({ target }: Event) => editing.type(path, (target as HTMLInputElement).value)}
    @change=${({ target }: Event) => editing.commit(path, (target as HTMLInputElement).value)}
    @keydown=${(event: KeyboardEvent) => restoreOnEscape(editing, path, event)}
  />`;
  return html`<div class="entry" data-field=${path.join('.')}>
    <label for=${id} title=${hint}>${label ?? labelOf(field)}</label>
    ${button === nothing ? input : html`<div class="with-button">${input}${button}</div>`}
    ${errorText(errorId, edit?.message)}
  </div>`;
}

/** Text fields for all parameters of a registry row, whose values stand at a path. */
export const textFields = (editing: Editing, path: Path, rows: Parameters): unknown[] =>
  Object.keys(rows).map((name) => textField(editing, [...path, name]));

/** Why a value was refused, below its field. */
export const errorText = (id: string, message: string | undefined): TemplateResult =>
  html`<p id=${id} class="error-text" role="alert" ?hidden=${!message}>${message ?? ''}</p>`;

/** Escape goes back to what the document has; `text` is how the field shows that, where it does so in its own way. */
export function restoreOnEscape(editing: Editing, path: Path, { key, target }: KeyboardEvent, text?: string): void {
  if (key !== 'Escape') return;
  editing.restore(path);
  // The field may show what was typed, where that was never previewed.
  (target as HTMLInputElement).value = text ?? editing.textAt(path);
}
