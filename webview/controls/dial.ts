import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { rangeText, type Parameter } from '../../src/core/registry/parameters';
import { iconButton } from './parts';

/** A slider's step: a round number, with some two to five hundred steps in the range. */
function stepOf([low, high]: readonly [number, number]): number {
  const rough = (high - low) / 500;
  const power = 10 ** Math.floor(Math.log10(rough));
  return Number((power * [1, 2, 5, 10].find((factor) => factor * power >= rough * (1 - 1e-9))!).toPrecision(3));
}

/** What a dial shows, and what it does. */
export interface DialParts {
  readonly row: Parameter;
  /** Ids of the field, and of its message. */
  readonly id: string;
  readonly errorId: string;
  /** Where the slider stands, and what the field reads. */
  readonly shown: number;
  readonly text: string;
  /** Why the text was refused, if it was. */
  readonly message: string | undefined;
  /** Whether there is nothing to reset. */
  readonly isDefault: boolean;
  readonly preview: (event: Event) => void;
  readonly commit: (event: Event) => void;
  readonly keys: (event: KeyboardEvent) => void;
  readonly reset: () => void;
}

/** The inside of a parameter's control: label, slider, field and reset, and below them why a value was refused. */
export function dial(parts: DialParts): TemplateResult {
  const { row, id, errorId, shown, text, message, isDefault, preview, commit, keys, reset } = parts;
  const [low, high] = row.slider;
  return html`<label for=${id} title=${`${row.summary}, ${rangeText(row)}`}>
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
      aria-invalid=${message ? 'true' : 'false'}
      aria-describedby=${errorId}
      @change=${commit}
      @keydown=${keys}
    />
    ${iconButton('discard', `Reset ${row.symbol} to ${row.default}`, reset, isDefault)}
    <p id=${errorId} class="error-text" role="alert" ?hidden=${!message}>${message ?? ''}</p>`;
}
