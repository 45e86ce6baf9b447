/** Cells in columns, all but the first `left` ones aligned to the right. */
export function toTable(cells: readonly (readonly string[])[], left = 0): string {
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((line) => line[column]!.length)));
  const pad = (cell: string, i: number) => (i < left ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!));
  return cells.map((line) => line.map(pad).join('  ').trimEnd() + '\n').join('');
}
