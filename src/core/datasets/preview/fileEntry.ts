import { fileSource, hasTask, isCsv, isIdx, isNumpy, type DataEntry } from '../entry';
import { guessLabel } from './guessLabel';
import type { ColumnPreview } from './preview';

/**
 * The entry of a data file that takes the place of another entry: its test share stays, and of a table what becomes of
 * missing cells. The label is guessed from the columns, which `columnsOf` reads by an entry; none where they are unknown.
 */
export async function fileEntry(
  path: string,
  before: DataEntry,
  columnsOf: (entry: DataEntry) => Promise<readonly ColumnPreview[]>,
): Promise<DataEntry> {
  const begun = { ...fileSource(path), testShare: before.testShare };
  if (isIdx(begun)) return begun;
  const entry = { ...begun, ...(hasTask(before) && { missing: before.missing }) };
  const guessed = guessLabel(await columnsOf(entry), isCsv(before) ? before.label : undefined);
  // arrays have no columns to choose from: y is what it is
  return isNumpy(entry) ? { ...entry, ...(guessed && { task: guessed.task }) } : { ...entry, ...guessed };
}
