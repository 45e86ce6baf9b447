import type { Task } from '../columns';
import type { ColumnPreview } from './preview';

/** What columns of labels are called, the likeliest first. */
const NAMES = ['label', 'labels', 'class', 'target', 'species', 'category', 'outcome', 'y'];

/** Numbers with more different values than this are something to measure, and not classes. */
const MOST_CLASSES = 20;

/** What is predicted, as far as one can tell: the column, and what it holds. */
export interface LabelGuess {
  readonly label: string;
  readonly task: Task;
}

/** What a column would be predicted as: whole numbers of few values, and texts, are classes. */
export const taskOf = ({ range, whole, distinct }: Pick<ColumnPreview, 'range' | 'whole' | 'distinct'>): Task =>
  range && !(whole && distinct <= MOST_CLASSES) ? 'regression' : 'classification';

/**
 * The column of labels of a table that was just chosen: the one that was named before where there is one, else one that
 * is called as labels are, else the last. Undefined where there are no columns.
 */
export function guessLabel(columns: readonly ColumnPreview[], before = ''): LabelGuess | undefined {
  const called = (name: string) => columns.find((column) => column.name.toLowerCase() === name);
  const found = columns.find(({ name }) => name === before) ?? NAMES.map(called).find(Boolean) ?? columns.at(-1);
  return found && { label: found.name, task: taskOf(found) };
}
