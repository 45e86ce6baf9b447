import { DATA_EXTENSIONS, type DataEntry } from '../../../../src/core/datasets/entry';
import { fileEntry } from '../../../../src/core/datasets/preview/fileEntry';
import type { Editing } from '../../../state/editing';
import type { AskHost, Request } from '../../../state/host';

/** What choosing a file of data uses of its page. */
export interface FilePage {
  readonly editing: Editing;
  readonly request: Request;
  readonly ask: AskHost;
}

/**
 * Makes a file the experiment's data, as one edit: what is asked for beside its path is kept where it was asked for, and
 * guessed from the file's columns where it was not.
 */
export async function takeFile({ editing, request }: Omit<FilePage, 'ask'>, path: string): Promise<void> {
  const { experiment } = editing;
  if (!experiment) return;
  // why a table cannot be read is said at its field
  const columnsOf = (data: DataEntry) =>
    request('previewData', [{ ...experiment, data }]).then(
      ({ columns }) => columns,
      () => [],
    );
  editing.set(['data'], await fileEntry(path, experiment.data, columnsOf));
}

/** Asks for a file of data, and makes it the experiment's. */
export async function browse(page: FilePage): Promise<void> {
  const path = await page.ask('chooseFile', ['Data', [...DATA_EXTENSIONS]]);
  if (path !== undefined) await takeFile(page, path);
}
