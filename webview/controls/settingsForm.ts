import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { fieldAt } from '../../src/core/experiment/fieldAt';
import { isFound } from '../../src/core/experiment/fieldWords';
import { icon } from '../elements/icons';
import type { Editing } from '../state/editing';
import type { ViewState } from '../state/view';
import { isChangedAt, isSetting, type SettingTemplate } from './setting';

/** What belongs together in a form, under a name of its own. */
export interface Group {
  readonly title: string;
  /** Settings, and what is said between them; lists may stand in lists. */
  readonly fields: readonly unknown[];
}

/** What a form of settings uses of its page. */
export interface FormPage {
  readonly editing: Editing;
  readonly view: ViewState;
  /** Draws the page in the next frame. */
  changed(): void;
}

/** The settings of a tab: the basic ones in sight, the others folded away, and a search that finds them all. */
export class SettingsForm {
  private search = '';
  /** Whether only what differs from its default is shown. */
  private onlyChanged = false;
  private readonly fold;

  /** `id` names the tab. */
  constructor(
    private readonly page: FormPage,
    private readonly id: string,
  ) {
    this.fold = page.view.part<Record<string, boolean>>({ [`advanced-${id}`]: false });
  }

  /** Draws the form. Groups of one title are one group in what a search finds. */
  render(basic: readonly Group[], advanced: readonly Group[]): TemplateResult {
    const searching = this.search.trim() !== '' || this.onlyChanged;
    return html`<div class="settings" data-testid="settings">
      ${this.searchField()}
      ${searching ? this.found([...basic, ...advanced]) : [basic.map(groupOf), this.advanced(advanced)]}
    </div>`;
  }

  private searchField(): TemplateResult {
    const type = ({ target }: Event) => this.set((target as HTMLInputElement).value, this.onlyChanged);
    const keys = (event: KeyboardEvent) => {
      if (event.key === 'Escape') this.set('', this.onlyChanged);
    };
    return html`<div class="search" role="search">
      <input
        type="search"
        data-testid="search-settings"
        placeholder="Search settings"
        aria-label="Search settings by name, key, symbol or meaning"
        autocomplete="off"
        spellcheck="false"
        .value=${this.search}
        @input=${type}
        @keydown=${keys}
      />
      <button
        type="button"
        class="icon-button"
        data-testid="only-changed"
        title="Show only what differs from its default"
        aria-label="Show only what differs from its default"
        aria-pressed=${this.onlyChanged ? 'true' : 'false'}
        @click=${() => this.set(this.search, !this.onlyChanged)}
      >
        ${icon('filter')}
      </button>
    </div>`;
  }

  /** The settings that a search finds, by their groups; what is only said between settings is left out. */
  private found(groups: readonly Group[]): unknown {
    const titles = [...new Set(groups.map(({ title }) => title))];
    const hits = titles
      .map((title) => ({
        title,
        fields: flat(groups.filter((one) => one.title === title)).filter((one) => this.isHit(one)),
      }))
      .filter(({ fields }) => fields.length);
    const count = flat(hits).length;
    const what = this.onlyChanged ? 'differs from its default' : 'has this name, key, symbol or meaning';
    return html`<p class="about-line" role="status" data-testid="found">
        ${count ? `${count} ${count === 1 ? 'setting' : 'settings'} found.` : `No setting ${what}.`}
        <button type="button" class="link" @click=${() => this.set('', false)}>Show all</button>
      </p>
      ${hits.map(groupOf)}`;
  }

  private isHit(template: SettingTemplate): boolean {
    const { editing } = this.page;
    return template.paths.some((path) => {
      const field = fieldAt(path, editing.experiment);
      if (!field || (this.onlyChanged && !isChangedAt(editing, path))) return false;
      return isFound(field, this.search.trim());
    });
  }

  private advanced(groups: readonly Group[]): unknown {
    const settings = flat(groups);
    if (!settings.length) return nothing;
    const { editing } = this.page;
    const changed = settings.filter(({ paths }) => paths.some((path) => isChangedAt(editing, path))).length;
    const name = `advanced-${this.id}`;
    const open = this.fold.value[name]!;
    const toggle = ({ target }: Event) => {
      const now = (target as HTMLDetailsElement).open;
      if (now !== this.fold.value[name]) this.fold.set({ [name]: now });
    };
    return html`<details class="advanced" data-testid="advanced" .open=${open} @toggle=${toggle}>
      <summary>
        <span>Advanced</span>
        ${changed ? html`<span class="count" title="So many differ from their defaults">${changed} changed</span>` : nothing}
      </summary>
      ${groups.map(groupOf)}
    </details>`;
  }

  private set(search: string, onlyChanged: boolean): void {
    this.search = search;
    this.onlyChanged = onlyChanged;
    this.page.changed();
  }
}

/** The settings of groups in order, without what is said between them. */
const flat = (groups: readonly Group[]): SettingTemplate[] =>
  groups.flatMap(({ fields }) => (fields as unknown[][]).flat(Infinity).filter(isSetting));

/** Fields under a name; nothing where there are none. Each keeps its element while others come and go. */
function groupOf({ title, fields }: Group): unknown {
  const shown = (fields as unknown[][]).flat(Infinity).filter((one) => one !== nothing && one !== undefined);
  if (!shown.length) return nothing;
  const keyOf = (one: unknown, i: number) => (isSetting(one) ? one.paths[0]!.join('.') : `${i}`);
  return html`<fieldset class="group">
    <legend>${title}</legend>
    <div>${repeat(shown, keyOf, (one) => one)}</div>
  </fieldset>`;
}
