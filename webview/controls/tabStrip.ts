import { html, type TemplateResult } from 'lit';

/** A tab as its strip shows it. */
export interface TabTitle {
  readonly id: string;
  readonly title: string;
}

/** The strip of tabs: one stop of the Tab key, arrow keys go along it. */
export function tabStrip(tabs: readonly TabTitle[], current: string, choose: (id: string) => void): TemplateResult {
  const keys = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ id }) => id === current);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    const tab = next === undefined ? undefined : tabs.at(next % tabs.length);
    if (!tab) return;
    event.preventDefault();
    choose(tab.id);
    document.getElementById(`tab-${tab.id}`)?.focus();
  };
  return html`<div class="tabs" role="tablist" aria-label="Views" @keydown=${keys}>
    ${tabs.map(
      ({ id, title }) =>
        html`<button
          type="button"
          role="tab"
          id=${`tab-${id}`}
          aria-selected=${id === current ? 'true' : 'false'}
          aria-controls="panel"
          tabindex=${id === current ? 0 : -1}
          @click=${() => choose(id)}
        >
          ${title}
        </button>`,
    )}
  </div>`;
}
