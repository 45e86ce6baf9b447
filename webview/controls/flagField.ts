import { html, nothing } from 'lit';
import { valueAt, type Path } from '../../src/core/experiment/changes';
import { fieldAt } from '../../src/core/experiment/fieldAt';
import { hintOf } from '../../src/core/experiment/fieldWords';
import type { Editing } from '../state/editing';
import { isChangedAt, resetButton, settingOf, type SettingTemplate } from './setting';
import { idsOf } from './textField';

/** A box to tick for a value of the experiment that is true or false; `hindrance` is why it can not be turned on. */
export function flagField(
  editing: Editing,
  path: Path,
  { test, hindrance }: { readonly test?: string; readonly hindrance?: string | undefined } = {},
): SettingTemplate | typeof nothing {
  const { experiment } = editing;
  const field = fieldAt(path, experiment);
  if (!field || !experiment) return nothing;
  const on = valueAt(experiment, path) === true;
  const { id } = idsOf(path);
  return settingOf(
    html`<div class=${isChangedAt(editing, path) ? 'checks changed' : 'checks'} data-field=${path.join('.')}>
      <label title=${hindrance ?? hintOf(field)}
        ><input
          id=${id}
          type="checkbox"
          data-testid=${test ?? path.at(-1)!}
          .checked=${on}
          ?disabled=${hindrance !== undefined && !on}
          @change=${({ target }: Event) => editing.set(path, (target as HTMLInputElement).checked)}
        />${field.title}</label
      >
      ${resetButton(editing, field, id)}
    </div>`,
    path,
  );
}
