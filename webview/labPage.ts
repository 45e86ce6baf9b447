import { html, nothing, render } from 'lit';
import { banner } from './controls/banner';
import { fileStatus, windowField } from './controls/documentBar';
import { FigureDialog } from './controls/figure/figureDialog';
import { importReport } from './controls/importReport';
import { CHARTS, skipLink } from './controls/skipLink';
import { readOnlyBar } from './controls/readOnlyBar';
import { tabStrip } from './controls/tabStrip';
import { Store } from './state/store';
import { createTabs, type Tab } from './tabs';

/** Runs the lab's page; `choose` makes other tabs of the usual ones. */
export function startLab(choose: (usual: readonly Tab[], store: Store) => readonly Tab[] = (usual) => usual): void {
  const root = document.getElementById('app')!;
  const store = new Store(draw, () => tabInView().render());
  const tabs = choose(createTabs(store), store);
  const figure = new FigureDialog(store);
  store.pictures = figure;
  let restored = false;

  /** The tab that is chosen. */
  const tabInView = (): Tab => tabs.find(({ id }) => id === store.tab.value.tab) ?? tabs[0]!;

  /** Draws the lab's page as the store is now. */
  function draw(): void {
    const tab = tabInView();
    if (store.experiment) tab.update?.();
    render(
      store.snapshot
        ? html`<h1 class="spoken">NoProp Lab: ${store.snapshot.file}</h1>
            <header class="bar">
              ${tabStrip(tabs, tab.id, (id) => store.tab.set({ tab: id }))} ${skipLink(tab.skip ?? CHARTS)}
              <div class="state">
                ${fileStatus(store.snapshot.file, store.document.status)}
                ${store.experiment ? windowField(store.editing, store.blocked || store.readOnly) : nothing}
              </div>
            </header>
            ${importReport(store)} ${readOnlyBar(store)}
            <div id="panel" role="tabpanel" aria-labelledby=${`tab-${tab.id}`}>${tab.render()}</div>
            ${banner(store)} ${figure.render()}`
        : nothing,
      root,
    );
    tab.draw();
    if (restored || !store.snapshot) return;
    restored = true;
    scrollTo(0, store.tab.value.scroll);
    addEventListener('scrollend', () => store.tab.set({ scroll: scrollY }));
  }
}
