export { toJson } from '../core/text/json';

/** Cells in columns, all but the first `left` ones aligned to the right. */
export function toTable(cells: readonly (readonly string[])[], left = 0): string {
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((line) => line[column]!.length)));
  const pad = (cell: string, i: number) => (i < left ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!));
  return cells.map((line) => line.map(pad).join('  ').trimEnd() + '\n').join('');
}

/** A bar of progress on a terminal's last line; silent where stderr is none. */
export class Progress {
  private readonly shown = process.stderr.isTTY;

  show(share: number, text: string): void {
    if (!this.shown) return;
    const width = 30;
    const full = Math.round(Math.min(share, 1) * width);
    process.stderr.write(`\r\x1b[K[${'='.repeat(full)}${' '.repeat(width - full)}] ${text}`);
  }

  end(): void {
    if (this.shown) process.stderr.write('\r\x1b[K');
  }
}
