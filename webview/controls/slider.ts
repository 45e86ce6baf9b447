import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { rangeText, type Parameter } from '../../src/core/parameters';
import type { Path } from '../previews';
import type { Store } from '../store';
import { commitText, valueAt } from './field';
import { stepOf } from './parameter';
import { iconButton } from './parts';

/**
 * A parameter of a registry row at a path of the experiment: slider, field and reset, and below them why a value was
 * refused. A drag previews in the page, and becomes one edit on release.
 */
export function slider(store: Store, path: Path, row: Parameter): TemplateResult {
  const key = path.join('.');
  const refused = store.refused.get(key);
  const value = Number(valueAt(store, path) ?? row.default);
  const [low, high] = row.slider;
  const preview = ({ target }: Event) => {
    store.previews.set(path, Number((target as HTMLInputElement).value));
    store.changed();
  };
  const commit = (text: string) => {
    store.previews.drop(path);
    commitText(store, path, 'number', text);
  };
  const typed = ({ target }: Event) => commit((target as HTMLInputElement).value);
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    store.refused.delete(key);
    (event.target as HTMLInputElement).value = String(value);
    store.changed();
  };
  return html`<div class="parameter" data-field=${key}>
    <label for=${`field-${key}`} title=${`${row.summary}, ${rangeText(row)}`}>
      <b>${row.symbol}</b>
      <span class="summary">${row.summary}${row.unit === '1' ? '' : `, ${row.unit}`}</span>
    </label>
    <input
      type="range"
      min=${low}
      max=${high}
      step=${stepOf(row.slider)}
      .value=${live(String(Math.min(Math.max(value, low), high)))}
      aria-label=${`${row.symbol}, ${row.summary}`}
      @input=${preview}
      @change=${typed}
    />
    <input
      id=${`field-${key}`}
      class="number"
      inputmode="decimal"
      autocomplete="off"
      spellcheck="false"
      title=${rangeText(row)}
      .value=${refused?.text ?? String(value)}
      aria-invalid=${refused ? 'true' : 'false'}
      aria-describedby=${`error-${key}`}
      @change=${typed}
      @keydown=${keys}
    />
    ${iconButton('discard', `Reset ${row.symbol} to ${row.default}`, () => commit(String(row.default)), value === row.default && !refused)}
    <p id=${`error-${key}`} class="error-text" role="alert" ?hidden=${!refused}>${refused?.message ?? ''}</p>
  </div>`;
}

/** Sliders for all parameters of a registry row. */
export const sliders = (store: Store, path: Path, rows: Readonly<Record<string, Parameter>>): TemplateResult[] =>
  Object.entries(rows).map(([name, row]) => slider(store, [...path, name], row));
