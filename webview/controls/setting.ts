import { html, nothing, type TemplateResult } from 'lit';
import { valueAt, type Path } from '../../src/core/experiment/changes';
import { fieldAt, type Field } from '../../src/core/experiment/fieldAt';
import { isChanged, valueText } from '../../src/core/experiment/fieldWords';
import { iconButton } from '../elements/icons';
import type { Editing } from '../state/editing';

/** A template that shows settings, with their paths in the document: a search finds it by them. */
export interface SettingTemplate extends TemplateResult {
  readonly paths: readonly Path[];
}

/** Says which settings a template shows. */
export const settingOf = (template: TemplateResult, ...paths: readonly Path[]): SettingTemplate => ({
  ...template,
  paths,
});

/** Whether a template shows settings. */
export const isSetting = (template: unknown): template is SettingTemplate =>
  typeof template === 'object' && template !== null && 'paths' in template;

/** Whether the setting at a path has another value than its default. */
export function isChangedAt(editing: Editing, path: Path): boolean {
  const { experiment } = editing;
  const field = fieldAt(path, experiment);
  return experiment !== undefined && field !== undefined && isChanged(field, valueAt(experiment, path));
}

/** The button that gives a setting its default again; nothing where it has that. `id` names the field that it is for. */
export function resetButton(
  editing: Editing,
  field: Field,
  id: string,
  reset = () => editing.reset(field.path),
): TemplateResult | typeof nothing {
  if (!isChangedAt(editing, field.path)) return nothing;
  const act = () => {
    reset();
    // The button goes away: who pressed it stays at its field.
    document.getElementById(id)?.focus();
  };
  return html`<span class="reset"
    >${iconButton('discard', `Reset ${field.title} to ${valueText(field, field.default)}`, act)}</span
  >`;
}

/** The class of a setting's element: marked where it is not as its default. */
export const markOf = (editing: Editing, path: Path): string =>
  isChangedAt(editing, path) ? 'entry changed' : 'entry';
