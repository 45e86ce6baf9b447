import { html, type TemplateResult } from 'lit';
import type { Parameter } from '../../src/core/schedules';
import type { Path } from '../state/drafts';
import type { Store } from '../state/store';
import { dial, type DialParts } from './dial';

/** The parameter at a path: its slider, field and reset, and below them why a value was refused; `value` is the document's. */
export function parameter(store: Store, path: Path, row: Parameter, value: number): TemplateResult {
  const draft = store.drafts.at(path);
  const text = draft?.text ?? String(value);
  const shown = draft && Number.isFinite(draft.value) ? draft.value : value;
  const id = `param-${path.join('-')}`;
  const preview = ({ target }: Event) => store.preview(path, (target as HTMLInputElement).value);
  const commit = (event: Event) => {
    preview(event);
    store.commit(path);
  };
  const reset = () => {
    if (value === row.default) store.drafts.drop(path);
    else store.drafts.set(path, String(row.default));
    store.commit(path);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter') (event.target as HTMLInputElement).blur();
    if (event.key !== 'Escape') return;
    store.drafts.drop(path);
    (event.target as HTMLInputElement).value = String(value);
    store.changed();
  };
  const parts: DialParts = {
    row,
    id,
    errorId: `${id}-error`,
    shown,
    text,
    message: draft?.message,
    isDefault: text === String(row.default),
    preview,
    commit,
    keys,
    reset,
  };
  return html`<div class="parameter" data-param=${path.at(-1)!}>${dial(parts)}</div>`;
}
