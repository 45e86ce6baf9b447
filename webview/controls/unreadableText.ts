import { html, type TemplateResult } from 'lit';
import type { AskHost } from '../state/host';

/** In place of a page whose text was never valid: what will appear, and the way to the text. */
export const unreadableText = (what: string, ask: AskHost): TemplateResult =>
  html`<p class="empty">
    ${what} once the text can be read.
    <button type="button" class="link" @click=${() => void ask('showText', [])}>Show the text</button>
  </p>`;
