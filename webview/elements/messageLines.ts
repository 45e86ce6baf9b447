import { html, type TemplateResult } from 'lit';

/** A message as it is, line by line: what a program says of an error may have several. */
export const messageLines = (message: string): TemplateResult =>
  message.includes('\n') ? html`<span class="message-lines">${message}</span>` : html`${message}`;
