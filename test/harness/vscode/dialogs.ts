import { EventEmitter } from './events';
import type { Uri } from './uri';

/** What a dialog that is open asks, and how it is answered. */
export interface Dialog {
  readonly kind: 'save' | 'open' | 'pick' | 'input' | 'message';
  /** What it says: a message, a title, or the names of what can be picked. */
  readonly text: string;
  readonly answer: (value: unknown) => void;
  /** The address that a save dialog suggests. */
  readonly suggested?: Uri | undefined;
  /** The text that stands in a box that asks for one. */
  readonly value?: string | undefined;
  /** What can be picked, or a message's buttons. */
  readonly items?: readonly unknown[];
}

/** Dialogs that wait for an answer, oldest first, and messages that were shown. A test answers them. */
export class Dialogs {
  open: Dialog[] = [];
  readonly messages: string[] = [];
  readonly opened = new EventEmitter<void>();

  /** Opens a dialog, and resolves with its answer. */
  ask<T>(dialog: Omit<Dialog, 'answer'>): Promise<T | undefined> {
    if (dialog.kind === 'message') this.messages.push(dialog.text);
    return new Promise((resolve) => {
      const one: Dialog = {
        ...dialog,
        answer: (value) => {
          this.open = this.open.filter((other) => other !== one);
          resolve(value as T | undefined);
        },
      };
      this.open.push(one);
      this.opened.fire();
    });
  }

  /** Forgets what is open and was shown; what was asked stays without an answer, as when a window closes. */
  clear(): void {
    this.open = [];
    this.messages.length = 0;
  }
}

/** What a row of a picker is called. */
export const labelOf = (item: unknown): string => {
  if (typeof item === 'string') return item;
  const { label = '', title = '' } = item as { label?: string; title?: string };
  return label || title;
};
