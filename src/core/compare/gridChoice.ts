import { entryGrid, gridLabel, type GridEntry } from '../grids/entry';
import { gridFamily, type Grid } from '../grids';

/** A grid that methods are run on, and how results name it. */
export interface GridChoice {
  /** Its id, and the parameters that are not at their defaults. */
  readonly label: string;
  readonly title: string;
  readonly grid: Grid;
}

/** The grid of a valid entry. */
export function gridChoice(entry: GridEntry): GridChoice {
  const label = gridLabel(entry);
  return { label, title: label.replace(entry.id, gridFamily(entry.id).title), grid: entryGrid(entry) };
}

/** The grids of valid entries, each once; where labels are the same, as of lists of as many times, they are numbered. */
export function gridChoices(entries: readonly GridEntry[]): GridChoice[] {
  const distinct = new Map(entries.map((entry) => [JSON.stringify(entry), entry]));
  const seen = new Map<string, number>();
  return [...distinct.values()].map((entry) => {
    const choice = gridChoice(entry);
    const count = (seen.get(choice.label) ?? 0) + 1;
    seen.set(choice.label, count);
    return count === 1
      ? choice
      : { ...choice, label: `${choice.label} no. ${count}`, title: `${choice.title} no. ${count}` };
  });
}
