import type { TemplateResult } from 'lit';
import { Board } from '../charts/board';
import { Gestures } from '../charts/gestures';
import type { Model } from '../charts/model';
import type { Store } from '../state/store';
import type { Deck } from './chartCard';
import { dialog, type Shown } from './dialog';

/** What the charts of a page share, and the dialog that their menus open. */
export function createDeck(store: Store): Deck & { readonly dialog: (model: Model) => TemplateResult } {
  const board = new Board(store);
  let shown: Shown | undefined;
  const close = () => {
    shown = undefined;
    store.changed();
  };
  return {
    store,
    board,
    gestures: new Gestures(board),
    open: (next) => {
      shown = next;
      store.changed();
      requestAnimationFrame(() => document.querySelector('dialog')?.showModal());
    },
    dialog: (model) => dialog(shown, model, close),
  };
}
