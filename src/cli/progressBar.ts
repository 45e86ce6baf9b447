import { lineText } from '../core/text/plainText';
import type { Terminal } from './terminal';

/** Characters of the bar. */
const WIDTH = 30;

/** A bar of progress on the last line of a terminal; silent where nobody sees it. */
export class ProgressBar {
  constructor(private readonly terminal: Terminal) {}

  /** Shows a progress from 0 to 1, with a text beside it. */
  show(progress: number, text: string): void {
    this.terminal.onProgress?.({ done: progress, total: 1, what: text });
    if (!this.terminal.showsProgress) return;
    const full = Math.round(Math.min(progress, 1) * WIDTH);
    this.draw(`\r\x1b[K[${'='.repeat(full)}${' '.repeat(WIDTH - full)}] ${lineText(text)}`);
  }

  end(): void {
    if (this.terminal.showsProgress) this.draw('\r\x1b[K');
  }

  private draw(text: string): void {
    (this.terminal.draw ?? this.terminal.warn)(text);
  }
}
