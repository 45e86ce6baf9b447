import { fileSource, isCsv, isIdx } from '../../../../src/core/datasets/entry';
import { guessLabel } from '../../../../src/core/datasets/preview/guessLabel';
import type { Experiment } from '../../../../src/core/experiment/experiment';
import type { Editing } from '../../../state/editing';
import type { AskHost, Request } from '../../../state/host';

/** What choosing a file of data uses of its page. */
export interface FilePage {
  readonly editing: Editing;
  readonly request: Request;
  readonly ask: AskHost;
}

/** The kinds of files that data are read from. */
export const DATA_FILES = ['csv', 'tsv', 'txt', 'gz', 'idx'] as const;

/**
 * Makes a file the experiment's data, as one edit: what is asked for beside its path is kept where it was asked for, and
 * guessed from the file's columns where it was not.
 */
export async function takeFile({ editing, request }: Omit<FilePage, 'ask'>, path: string): Promise<void> {
  const { experiment } = editing;
  if (!experiment) return;
  const { data } = experiment;
  const begun = { ...fileSource(path), testShare: data.testShare };
  if (isIdx(begun)) return editing.set(['data'], begun);
  const before = isCsv(data) ? data : undefined;
  const next = { ...begun, ...(before && { missing: before.missing }) };
  const columns = await columnsOf({ ...experiment, data: next }, request);
  editing.set(['data'], { ...next, ...guessLabel(columns, before?.label) });
}

/** The columns of an experiment's table; none where it cannot be read, which is then said at its field. */
const columnsOf = (experiment: Experiment, request: Request) =>
  request('previewData', [experiment]).then(
    ({ columns }) => columns,
    () => [],
  );

/** Asks for a file of data, and makes it the experiment's. */
export async function browse(page: FilePage): Promise<void> {
  const path = await page.ask('chooseFile', ['Data', [...DATA_FILES]]);
  if (path !== undefined) await takeFile(page, path);
}
