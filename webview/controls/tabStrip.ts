import { html, type TemplateResult } from 'lit';
import type { Store } from '../state/store';
import type { Tab } from '../tabs';

/** The strip of tabs: one stop of the Tab key, arrow keys go along it. */
export function tabStrip(store: Store, tabs: readonly Tab[], current: Tab): TemplateResult {
  const keys = (event: KeyboardEvent) => {
    const at = tabs.indexOf(current);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    const tab = next === undefined ? undefined : tabs.at(next % tabs.length);
    if (!tab) return;
    event.preventDefault();
    store.look({ tab: tab.id });
    document.getElementById(`tab-${tab.id}`)?.focus();
  };
  return html`<div class="tabs" role="tablist" aria-label="Views" @keydown=${keys}>
    ${tabs.map(
      ({ id, title }) =>
        html`<button
          type="button"
          role="tab"
          id=${`tab-${id}`}
          aria-selected=${id === current.id ? 'true' : 'false'}
          aria-controls="panel"
          tabindex=${id === current.id ? 0 : -1}
          @click=${() => store.look({ tab: id })}
        >
          ${title}
        </button>`,
    )}
  </div>`;
}
