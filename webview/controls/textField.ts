import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { Path } from '../../src/core/experiment/changes';
import { fieldAt } from '../../src/core/experiment/fieldAt';
import { hintOf, labelOf, spokenMessage } from '../../src/core/experiment/fieldWords';
import type { Parameters } from '../../src/core/registry/parameters';
import type { Editing } from '../state/editing';
import { markOf, resetButton, settingOf, type SettingTemplate } from './setting';

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
): SettingTemplate | typeof nothing {
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
  const message = edit?.message && spokenMessage(field, edit.message, editing.experiment);
  return settingOf(
    html`<div class=${markOf(editing, path)} data-field=${path.join('.')}>
      <label for=${id} title=${hint}>${label ?? labelOf(field)}</label>
      ${button === nothing ? input : html`<div class="with-button">${input}${button}</div>`}
      ${resetButton(editing, field, id)} ${errorText(errorId, message)}
    </div>`,
    path,
  );
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
