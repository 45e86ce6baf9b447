import { html, nothing, type TemplateResult } from 'lit';
import { applyChange, parseExperiment, type Change } from '../../src/core/experiment/document';
import type { Parameter } from '../../src/core/registry/parameters';
import { parseNumber } from '../state/drafts';
import type { Path } from '../state/previews';
import type { Store } from '../state/store';

interface Kind {
  readonly show: (value: unknown) => string;
  /** What a text means; text itself where it cannot be read, for the schema to refuse by name. */
  readonly read: (text: string) => unknown;
}

const orText = (text: string) => {
  const value = parseNumber(text);
  return Number.isNaN(value) ? text : value;
};

const kinds = {
  number: { show: String, read: orText },
  optional: {
    show: (value) => (typeof value === 'number' ? String(value) : ''),
    read: (text) => (text.trim() ? orText(text) : undefined),
  },
  text: { show: (value) => (typeof value === 'string' ? value : ''), read: (text) => text },
  list: {
    show: (value) => (value as number[]).join(', '),
    read: (text) =>
      text
        .split(/[,\s]+/)
        .filter(Boolean)
        .map(orText),
  },
} satisfies Record<string, Kind>;

/** What the experiment has at a path. */
export const valueAt = (store: Store, path: Path): unknown =>
  path.reduce<unknown>((part, key) => (part as Record<string | number, unknown>)[key], store.experiment);

/** Why the schema refuses changes, in its own words; undefined where it takes them. */
function refusal(store: Store, changes: readonly Change[]): string | undefined {
  const text = changes.reduce(applyChange, JSON.stringify(store.snapshot?.experiment));
  return parseExperiment(text).problems.find(({ severity }) => severity === 'error')?.message;
}

/** Sections that name their kind by an id: a part of one that a document leaves out would lack it. */
const KINDS: readonly string[] = ['data', 'denoiser', 'dynamics', 'grid', 'model.embedding'];

/** The change that sets a value; for a part of a section with an id, of the whole section. */
function changeAt(store: Store, path: Path, value: unknown): Change {
  const depth = [1, 2].find((length) => length < path.length && KINDS.includes(path.slice(0, length).join('.')));
  if (depth === undefined) return { path, value };
  const section = path.slice(0, depth);
  const text = applyChange(JSON.stringify(valueAt(store, section)), { path: path.slice(depth), value });
  return { path: section, value: JSON.parse(text) as unknown };
}

/** Puts a text into the experiment, as one edit; where the schema refuses it, keeps it with what is allowed. */
export function commitText(store: Store, path: Path, kind: keyof typeof kinds, text: string): void {
  const key = path.join('.');
  const { show, read }: Kind = kinds[kind];
  const change = changeAt(store, path, read(text));
  const message = refusal(store, [change]);
  if (message) store.refused.set(key, { text, message });
  else store.refused.delete(key);
  if (message || text === show(valueAt(store, path))) store.changed();
  else store.edit(change);
}

/** Forgets what was refused in a section, as it gives way to another. */
export function forget(store: Store, section: string): void {
  for (const key of store.refused.keys()) if (key.startsWith(`${section}.`)) store.refused.delete(key);
}

/** A field for one value of the experiment, which says below itself what it does not take. */
export function field(store: Store, path: Path, label: string, kind: keyof typeof kinds, title = ''): TemplateResult {
  const key = path.join('.');
  const { show }: Kind = kinds[kind];
  const refused = store.refused.get(key);
  const commit = ({ target }: Event) => commitText(store, path, kind, (target as HTMLInputElement).value);
  return html`<div class="entry" data-field=${key}>
    <label for=${`field-${key}`} title=${title}>${label}</label>
    <input
      id=${`field-${key}`}
      type="text"
      autocomplete="off"
      spellcheck="false"
      .value=${refused?.text ?? show(valueAt(store, path))}
      title=${title}
      aria-invalid=${refused ? 'true' : 'false'}
      aria-describedby=${`error-${key}`}
      @change=${commit}
    />
    <p id=${`error-${key}`} class="error-text" role="alert" ?hidden=${!refused}>${refused?.message ?? nothing}</p>
  </div>`;
}

/** A field for a parameter of a registry row. */
export const parameterField = (store: Store, path: Path, { symbol, summary }: Parameter): TemplateResult =>
  field(store, path, `${symbol}, ${summary}`, 'number', summary);

/** Fields for all parameters of a registry row. */
export const parameterFields = (
  store: Store,
  path: Path,
  rows: Readonly<Record<string, Parameter>>,
): TemplateResult[] => Object.entries(rows).map(([name, row]) => parameterField(store, [...path, name], row));

/** A picker over the rows of a registry; `changes` says what choosing one changes. */
export function picker(
  label: string,
  value: string,
  rows: readonly { readonly id: string; readonly title: string; readonly summary?: string }[],
  choose: (id: string) => void,
  test = label.toLowerCase(),
): TemplateResult {
  const row = rows.find(({ id }) => id === value);
  // A long title is cut off in the field: the whole of it is shown under the pointer.
  const whole = [row?.title, row?.summary].filter(Boolean).join('. ');
  return html`<label class="entry">
    <span>${label}</span>
    <select
      data-testid=${test}
      title=${whole}
      @change=${({ target }: Event) => choose((target as HTMLSelectElement).value)}
    >
      ${rows.map(({ id, title }) => html`<option value=${id} .selected=${id === value}>${title}</option>`)}
    </select>
  </label>`;
}

/** A picker for a value of the experiment that is a row's id. */
export const idPicker = (
  store: Store,
  path: Path,
  label: string,
  rows: readonly { readonly id: string; readonly title: string; readonly summary: string }[],
): TemplateResult => picker(label, String(valueAt(store, path)), rows, (value) => store.edit({ path, value }));

/** Fields that belong together, under a name of their own; nothing where there are none. */
export const group = (title: string, fields: readonly unknown[]): unknown =>
  fields.flat(2).some((one) => one !== nothing)
    ? html`<fieldset class="group">
        <legend>${title}</legend>
        <div>${fields}</div>
      </fieldset>`
    : nothing;

/** The rail of a tab: what it asks for, and its one action. */
export const panel = (store: Store, name: string, fields: unknown, action: unknown): TemplateResult =>
  html`<aside class="rail" aria-label=${`${name} settings`}>
    <details ?open=${innerWidth >= 760}>
      <summary>${name} settings</summary>
      <fieldset ?disabled=${store.blocked}>
        <div class="entries">${fields}</div>
        ${action === nothing ? nothing : html`<div class="actions">${action}</div>`}
      </fieldset>
    </details>
  </aside>`;
