import { html, type TemplateResult } from 'lit';
import type { Parameter } from '../../src/core/registry/parameters';
import type { Path } from '../state/previews';
import type { Store } from '../state/store';
import { dial, type DialParts } from './dial';
import { commitText, valueAt } from './field';

/**
 * A parameter of a registry row at a path of the experiment: slider, field and reset, and below them why a value was
 * refused. A drag previews in the page, and becomes one edit on release.
 */
export function slider(store: Store, path: Path, row: Parameter): TemplateResult {
  const key = path.join('.');
  const refused = store.refused.get(key);
  const value = Number(valueAt(store, path) ?? row.default);
  const preview = ({ target }: Event) => {
    store.previews.set(path, Number((target as HTMLInputElement).value));
    store.changed();
  };
  const commit = (text: string) => {
    store.previews.drop(path);
    commitText(store, path, 'number', text);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    store.refused.delete(key);
    (event.target as HTMLInputElement).value = String(value);
    store.changed();
  };
  const parts: DialParts = {
    row,
    id: `field-${key}`,
    errorId: `error-${key}`,
    shown: value,
    text: refused?.text ?? String(value),
    message: refused?.message,
    isDefault: value === row.default && !refused,
    preview,
    commit: ({ target }) => commit((target as HTMLInputElement).value),
    keys,
    reset: () => commit(String(row.default)),
  };
  return html`<div class="parameter" data-field=${key}>${dial(parts)}</div>`;
}

/** Sliders for all parameters of a registry row. */
export const sliders = (store: Store, path: Path, rows: Readonly<Record<string, Parameter>>): TemplateResult[] =>
  Object.entries(rows).map(([name, row]) => slider(store, [...path, name], row));
