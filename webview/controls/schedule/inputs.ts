import { html, nothing, type TemplateResult } from 'lit';
import type { ScheduleEntry } from '../../../src/core/schedules/entrySchema';
import { scheduleFamily, type Input } from '../../../src/core/schedules';
import type { ChoiceInput, FormulaInput, NumbersInput } from '../../../src/core/schedules/inputs';
import { setInput, setNumbers } from '../../state/scheduleEdits';
import type { Store } from '../../state/store';

/** What a schedule takes beside its parameters: choices, tables of numbers, formulas. */
export const inputFields = (store: Store, entry: ScheduleEntry, index: number): TemplateResult[] =>
  Object.entries(scheduleFamily(entry.id).inputs ?? {}).map(([name, row]) =>
    inputField(store, entry, index, name, row),
  );

function inputField(store: Store, entry: ScheduleEntry, index: number, name: string, row: Input): TemplateResult {
  if (row.kind === 'choice') return choice(store, entry, index, name, row);
  return row.kind === 'formula' ? formula(store, entry, index, name, row) : table(store, entry, index, name, row);
}

function choice(store: Store, entry: ScheduleEntry, index: number, name: string, row: ChoiceInput): TemplateResult {
  const value = entry.inputs[name];
  const pick = ({ target }: Event) => setInput(store, index, name, (target as HTMLSelectElement).value);
  return html`<label class="field" data-input=${name}>
    <span title=${row.summary}>${row.title}</span>
    <select title=${row.options.find(({ id }) => id === value)?.summary ?? ''} @change=${pick}>
      ${row.options.map(
        ({ id, title, summary }) =>
          html`<option value=${id} title=${summary} .selected=${id === value}>${title}</option>`,
      )}
    </select>
  </label>`;
}

/** The formula with what is wrong marked in it, a few words around. */
function marked(text: string, at: number): TemplateResult {
  const [from, rest] = [Math.max(0, at - 16), text.slice(at)];
  const token = /^(?:[\p{L}\p{N}_.]+|.)/u.exec(rest)?.[0] ?? '';
  return html`<code class="marked"
    >${from ? '…' : ''}${text.slice(from, at)}<mark>${token || '\u2009'}</mark>${rest.slice(token.length, 24)}</code
  >`;
}

function formula(store: Store, entry: ScheduleEntry, index: number, name: string, row: FormulaInput): TemplateResult {
  const path = ['schedules', index, 'inputs', name];
  const id = `input-${index}-${name}`;
  const saved = store.entries()[index]?.inputs[name] as string;
  const text = store.drafts.at(path)?.text ?? (entry.inputs[name] as string);
  const experiment = store.snapshot?.experiment;
  const [problem] = experiment ? store.drafts.formulaProblems(experiment, path) : [];
  const wrong = problem?.severity === 'error';
  const type = ({ target }: Event) => store.preview(path, (target as HTMLTextAreaElement).value);
  const commit = (event: Event) => {
    type(event);
    store.commit(path);
  };
  const keys = (event: KeyboardEvent) => {
    const field = event.target as HTMLTextAreaElement;
    if (event.key === 'Enter') {
      event.preventDefault(); // a formula has one line
      field.blur();
    }
    if (event.key !== 'Escape') return;
    store.drafts.drop(path);
    field.value = saved;
    store.changed();
  };
  return html`<div class="input" data-input=${name}>
    <label for=${id} title=${row.summary}>${row.title}</label>
    <textarea
      id=${id}
      class="code"
      rows="2"
      autocomplete="off"
      spellcheck="false"
      title=${row.summary}
      .value=${text}
      aria-invalid=${wrong ? 'true' : 'false'}
      aria-describedby=${`${id}-error`}
      @input=${type}
      @change=${commit}
      @keydown=${keys}
    ></textarea>
    <p id=${`${id}-error`} class=${wrong ? 'error-text' : 'warning-text'} aria-live="polite" ?hidden=${!problem}>
      ${problem?.message}${problem?.at === undefined ? nothing : marked(text, problem.at)}
    </p>
  </div>`;
}

/** Lists as text, kept as long as they are: a page draws often, and a list may be long. */
const texts = new WeakMap<readonly number[], string>();

function textOf(values: readonly number[]): string {
  const known = texts.get(values);
  if (known !== undefined) return known;
  const text = values.join(', ');
  texts.set(values, text);
  return text;
}

function table(store: Store, entry: ScheduleEntry, index: number, name: string, row: NumbersInput): TemplateResult {
  const id = `input-${index}-${name}`;
  const values = entry.inputs[name] as readonly number[];
  const refused = store.refused.get(id);
  const read = (text: string) => {
    store.refused.delete(id);
    if (text !== textOf(values))
      try {
        setNumbers(store, index, name, text);
      } catch (error) {
        store.refused.set(id, { text, message: (error as Error).message });
      }
    store.changed();
  };
  const load = async () => {
    try {
      const file = await store.request('openText', [`Load ${row.title.toLowerCase()}`, ['csv', 'tsv', 'txt', 'json']]);
      if (file !== undefined) read(file);
    } catch (error) {
      store.refused.set(id, { text: textOf(values), message: (error as Error).message });
      store.changed();
    }
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    store.refused.delete(id);
    (event.target as HTMLTextAreaElement).value = textOf(values);
    store.changed();
  };
  return html`<div class="input" data-input=${name}>
    <label for=${id} title=${row.summary}>${row.title}, ${values.length} ${row.noun ?? 'rows'}</label>
    <textarea
      id=${id}
      class="code"
      rows="4"
      autocomplete="off"
      spellcheck="false"
      placeholder=${`Paste ${row.title.toLowerCase()}: numbers, CSV or JSON`}
      title=${row.formats ?? 'Numbers, CSV, or a JSON list'}
      .value=${refused?.text ?? textOf(values)}
      aria-invalid=${refused ? 'true' : 'false'}
      aria-describedby=${`${id}-error`}
      @change=${({ target }: Event) => read((target as HTMLTextAreaElement).value)}
      @keydown=${keys}
    ></textarea>
    <p id=${`${id}-error`} class="error-text" role="alert" ?hidden=${!refused}>${refused?.message}</p>
    <button type="button" class="secondary" @click=${() => void load()}>Load from file…</button>
  </div>`;
}
