import { html, nothing, type TemplateResult } from 'lit';
import type { Path } from '../../../src/core/experiment/changes';
import { scheduleFamily } from '../../../src/core/schedules';
import { entryProblems } from '../../../src/core/schedules/definition';
import { withInputs } from '../../../src/core/schedules/entry';
import type { ScheduleEntry } from '../../../src/core/schedules/entrySchema';
import type { ChoiceInput, FormulaInput, Input, NumbersInput } from '../../../src/core/schedules/inputs';
import type { Editing } from '../../state/editing';
import type { Request } from '../../state/host';
import { numbersText } from '../../state/fieldText';
import { entriesOf, numbersChanges } from '../../state/scheduleEdits';
import { iconButton } from '../../elements/icons';
import { errorText, idsOf, restoreOnEscape } from '../textField';

/** What the fields of a schedule's inputs use. */
export interface InputsPage {
  readonly editing: Editing;
  readonly request: Request;
}

/** What a schedule takes beside its parameters: choices, tables of numbers, formulas. */
export const inputFields = (page: InputsPage, entry: ScheduleEntry, index: number): TemplateResult[] =>
  Object.entries(scheduleFamily(entry.id).inputs ?? {}).map(([name, row]) =>
    inputField(page, entry, ['schedules', index, 'inputs', name], row),
  );

function inputField(page: InputsPage, entry: ScheduleEntry, path: Path, row: Input): TemplateResult {
  if (row.kind === 'choice') return choice(page, entry, path, row);
  return row.kind === 'formula' ? formula(page, path, row) : numbers(page, entry, path, row);
}

const nameOf = (path: Path) => String(path.at(-1));

function choice({ editing }: InputsPage, { inputs }: ScheduleEntry, path: Path, row: ChoiceInput): TemplateResult {
  const value = inputs[nameOf(path)];
  // Another option may change the other inputs too, so what is edited in any of them is let go.
  const pick = ({ target }: Event) => {
    editing.clear(path.slice(0, 2));
    editing.set(path, (target as HTMLSelectElement).value);
  };
  return html`<label class="field" data-input=${nameOf(path)}>
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
  const from = Math.max(0, at - 16);
  const rest = text.slice(at);
  const token = /^(?:[\p{L}\p{N}_.]+|.)/u.exec(rest)?.[0] ?? '';
  return html`<code class="marked"
    >${from ? '…' : ''}${text.slice(from, at)}<mark>${token || '\u2009'}</mark>${rest.slice(token.length, 24)}</code
  >`;
}

/** What is wrong with a formula as it is typed; nothing where it is not being edited. */
function formulaProblem(editing: Editing, path: Path) {
  const entry = entriesOf(editing)[path[1] as number];
  const edit = editing.at(path);
  return entry && edit
    ? entryProblems(withInputs(entry, { ...entry.inputs, [nameOf(path)]: edit.text }))[0]
    : undefined;
}

function formula({ editing }: InputsPage, path: Path, row: FormulaInput): TemplateResult {
  const { id, errorId } = idsOf(path);
  const text = editing.textAt(path);
  const problem = formulaProblem(editing, path);
  const wrong = problem?.severity === 'error';
  const textIn = ({ target }: Event) => (target as HTMLTextAreaElement).value;
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault(); // a formula has one line
      (event.target as HTMLTextAreaElement).blur();
    }
    restoreOnEscape(editing, path, event);
  };
  return html`<div class="input" data-input=${nameOf(path)}>
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
      aria-describedby=${errorId}
      @input=${(event: Event) => editing.type(path, textIn(event), { shown: true })}
      @change=${(event: Event) => editing.commit(path, textIn(event))}
      @keydown=${keys}
    ></textarea>
    <p id=${errorId} class=${wrong ? 'error-text' : 'warning-text'} aria-live="polite" ?hidden=${!problem}>
      ${problem?.message}${problem?.at === undefined ? nothing : marked(text, problem.at)}
    </p>
  </div>`;
}

/** How many of what the numbers make there are. */
const countOf = (values: readonly number[], { together = 1 }: NumbersInput): number => values.length / together;

/** Whether numbers are those that a new entry has. */
const isStart = (values: readonly number[], row: NumbersInput): boolean => values.join() === row.default.join();

function numbers(page: InputsPage, { inputs }: ScheduleEntry, path: Path, row: NumbersInput): TemplateResult {
  const { editing, request } = page;
  const { id, errorId } = idsOf(path);
  const values = inputs[nameOf(path)] as readonly number[];
  const edit = editing.at(path);
  const message = edit?.message;
  const shown = edit ? edit.text : numbersText(values, row);
  const read = (text: string) => {
    editing.restore(path);
    const { document } = editing;
    if (!document || text === numbersText(values, row)) return;
    editing.attempt(path, text, () => numbersChanges(document, path[1] as number, nameOf(path), text));
  };
  const load = async () => {
    try {
      const file = await request('openText', [`Load ${row.title.toLowerCase()}`, ['csv', 'tsv', 'txt', 'json']]);
      if (file !== undefined) read(file);
    } catch (error) {
      editing.refuse(path, shown, error);
    }
  };
  const name = `${row.title}, ${countOf(values, row)} ${row.noun ?? 'rows'}`;
  const loader = html`<button type="button" class="secondary load" @click=${() => void load()}>
    Load from file…
  </button>`;
  if (row.opaque)
    return html`<div class="input" data-input=${nameOf(path)}>
      <p class="opaque">
        <span title=${row.summary}>${name}, ${isStart(values, row) ? 'as they begin' : 'as they were trained'}</span>
        ${iconButton(
          'discard',
          `Reset ${row.title.toLowerCase()} to how they begin`,
          () => editing.set(path, [...row.default]),
          isStart(values, row),
        )}
      </p>
      ${errorText(errorId, message)} ${loader}
    </div>`;
  return html`<div class="input" data-input=${nameOf(path)}>
    <label for=${id} title=${row.summary}>${name}</label>
    <textarea
      id=${id}
      class="code"
      rows="4"
      autocomplete="off"
      spellcheck="false"
      placeholder=${`Paste ${row.title.toLowerCase()}: numbers, CSV or JSON`}
      title=${row.formats ?? 'Numbers, CSV, or a JSON list'}
      .value=${shown}
      aria-invalid=${message ? 'true' : 'false'}
      aria-describedby=${errorId}
      @input=${({ target }: Event) => {
        const text = (target as HTMLTextAreaElement).value;
        editing.type(path, text, { enter: () => read(text) });
      }}
      @change=${({ target }: Event) => read((target as HTMLTextAreaElement).value)}
      @keydown=${(event: KeyboardEvent) => restoreOnEscape(editing, path, event, numbersText(values, row))}
    ></textarea>
    ${errorText(errorId, message)} ${loader}
  </div>`;
}
