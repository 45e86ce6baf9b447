import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Path } from '../../src/core/experiment/changes';
import { fieldAt } from '../../src/core/experiment/fieldAt';
import { spokenMessage } from '../../src/core/experiment/fieldWords';
import { rangeText, type Parameters } from '../../src/core/registry/parameters';
import type { Editing } from '../state/editing';
import { parseNumber } from '../state/fieldText';
import { iconButton } from '../elements/icons';
import { settingOf, type SettingTemplate } from './setting';
import { errorText, idsOf, restoreOnEscape } from './textField';

/** A slider's step: a round number, with some two to five hundred steps in the range. */
function stepOf([low, high]: readonly [number, number]): number {
  const rough = (high - low) / 500;
  const power = 10 ** Math.floor(Math.log10(rough));
  return Number((power * [1, 2, 5, 10].find((factor) => factor * power >= rough * (1 - 1e-9))!).toPrecision(3));
}

/**
 * The number at a path that a registry row takes: slider, field and reset, and below them why a value was refused. A drag
 * is shown at once in the page, and becomes one edit on release. Nothing where the experiment has no such number.
 */
export function parameterField(editing: Editing, path: Path): SettingTemplate | typeof nothing {
  const { experiment } = editing;
  const field = fieldAt(path, experiment);
  const row = field?.parameter;
  if (!row) return nothing;
  const { id, errorId } = idsOf(path);
  const refused = editing.at(path)?.message;
  const message = refused && spokenMessage(field, refused, experiment);
  const text = editing.textAt(path);
  const value = parseNumber(text);
  const [low, high] = row.slider;
  const position = Math.min(Math.max(Number.isFinite(value) ? value : row.default, low), high);
  const textIn = ({ target }: Event) => (target as HTMLInputElement).value;
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter') (event.target as HTMLInputElement).blur();
    restoreOnEscape(editing, path, event);
  };
  return settingOf(
    html`<div class="parameter" data-param=${path.at(-1)!} data-field=${path.join('.')}>
      <label for=${id} title=${`${row.summary}, ${rangeText(row)}`}>
        <b>${row.symbol}</b>
        <span class="summary">${row.summary}${row.unit === '1' ? '' : `, ${row.unit}`}</span>
      </label>
      <input
        type="range"
        min=${low}
        max=${high}
        step=${stepOf(row.slider)}
        .value=${live(String(position))}
        aria-label=${`${row.symbol}, ${row.summary}`}
        @input=${(event: Event) => editing.preview(path, textIn(event))}
        @change=${(event: Event) => editing.commit(path, textIn(event))}
        @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && editing.restore(path)}
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
        @input=${(event: Event) => editing.type(path, textIn(event))}
        @change=${(event: Event) => editing.commit(path, textIn(event))}
        @keydown=${keys}
      />
      ${iconButton(
        'discard',
        `Reset ${row.symbol} to ${row.default}`,
        () => editing.commit(path, String(row.default)),
        text === String(row.default),
      )}
      ${errorText(errorId, message)}
    </div>`,
    path,
  );
}

/** Fields with sliders for all parameters of a registry row, whose values stand at a path. */
export const parameterFields = (editing: Editing, path: Path, rows: Parameters): unknown[] =>
  Object.keys(rows).map((name) => parameterField(editing, [...path, name]));
