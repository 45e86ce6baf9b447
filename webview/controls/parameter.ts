import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { rangeText, type Parameter } from '../../src/core/schedules';
import type { Path } from '../drafts';
import type { Store } from '../store';
import { iconButton } from './parts';

/** A slider's step: a round number, with some two to five hundred steps in the range. */
export function stepOf([low, high]: readonly [number, number]): number {
  const rough = (high - low) / 500;
  const power = 10 ** Math.floor(Math.log10(rough));
  return Number((power * [1, 2, 5, 10].find((factor) => factor * power >= rough * (1 - 1e-9))!).toPrecision(3));
}

/** The parameter at a path: its slider, field and reset, and below them why a value was refused; `value` is the document's. */
export function parameter(store: Store, path: Path, row: Parameter, value: number): TemplateResult {
  const draft = store.drafts.at(path);
  const text = draft?.text ?? String(value);
  const shown = draft && Number.isFinite(draft.value) ? draft.value : value;
  const [low, high] = row.slider;
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
  return html`<div class="parameter" data-param=${path.at(-1)!}>
    <label for=${id} title=${`${row.summary}, ${rangeText(row)}`}>
      <b>${row.symbol}</b>
      <span class="summary">${row.summary}${row.unit === '1' ? '' : `, ${row.unit}`}</span>
    </label>
    <input
      type="range"
      min=${low}
      max=${high}
      step=${stepOf(row.slider)}
      .value=${live(String(Math.min(Math.max(shown, low), high)))}
      aria-label=${`${row.symbol}, ${row.summary}`}
      @input=${preview}
      @change=${commit}
    />
    <input
      id=${id}
      class="number"
      inputmode="decimal"
      autocomplete="off"
      spellcheck="false"
      title=${rangeText(row)}
      .value=${text}
      aria-invalid=${draft?.message ? 'true' : 'false'}
      aria-describedby=${`${id}-error`}
      @change=${commit}
      @keydown=${keys}
    />
    ${iconButton('discard', `Reset ${row.symbol} to ${row.default}`, reset, text === String(row.default))}
    <p id=${`${id}-error`} class="error-text" role="alert" ?hidden=${!draft?.message}>${draft?.message ?? ''}</p>
  </div>`;
}
