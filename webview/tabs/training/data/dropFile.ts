import { CSV_BYTES } from '../../../../src/core/datasets/limits';
import { InputError } from '../../../../src/core/registry/problem';
import { sizeText } from '../../../../src/core/text/format';
import type { DroppedFile } from '../../../../src/protocol/hostCalls';
import { takeFile, type FilePage } from './chosenFile';

/** What a drop of a file uses of its page. */
export interface DropPage extends FilePage {
  /** Whether the document cannot be edited at present. */
  readonly blocked: boolean;
  /** Shows why something did not happen. */
  fail(error: unknown): void;
}

/** What VS Code's explorer puts into a drag, the fullest first: addresses, one a line. */
const ADDRESSES = ['application/vnd.code.uri-list', 'text/uri-list'];

/** What stands over the page while a file is held there. */
const INVITATION = 'Drop data to learn from them, or a scheduler file to import its schedule';

/** Whether a drag carries a file. */
const hasFile = ({ dataTransfer }: DragEvent): boolean =>
  [...(dataTransfer?.types ?? [])].some((type) => type === 'Files' || ADDRESSES.includes(type));

/** A file's bytes as base64. */
const bytesOf = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve((reader.result as string).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(new InputError(`${file.name} cannot be read`));
    reader.readAsDataURL(file);
  });

/** The file that was dropped: its address where the drag has one, else its bytes. A browser never tells its path. */
async function droppedFile({
  files,
  ...transfer
}: {
  files: readonly File[];
  addresses: string;
}): Promise<DroppedFile | undefined> {
  const uri = transfer.addresses.split(/\r?\n/).find((line) => line && !line.startsWith('#'));
  if (uri) return { uri };
  const [file] = files;
  if (!file) return undefined;
  if (file.size > CSV_BYTES)
    throw new InputError(
      `${file.name} has ${sizeText(file.size)}: at most ${sizeText(CSV_BYTES)} can be dropped from outside VS Code, so choose it with Browse`,
    );
  return { name: file.name, content: await bytesOf(file), encoding: 'base64' };
}

/**
 * Makes a file of data that is dropped on the page the experiment's, and calls `taken` then; a scheduler file is imported
 * by the host. VS Code hands a drag to a page only while Shift is held.
 */
export function followDrops(page: DropPage, taken: () => void): void {
  const { body } = document;
  const hold = (held: boolean) => {
    body.classList.toggle('dropping', held);
    body.dataset.drop = INVITATION;
  };
  const over = (event: DragEvent) => {
    if (!hasFile(event)) return;
    event.preventDefault(); // else nothing can be dropped here
    hold(true);
  };
  const take = async (dropped: Parameters<typeof droppedFile>[0]) => {
    try {
      const file = await droppedFile(dropped);
      const path = file && (await page.request('takeFile', [file]));
      if (path === undefined) return;
      if (page.blocked) throw new InputError('the experiment has an error: mend its text before its data are changed');
      await takeFile(page, path);
      taken();
    } catch (error) {
      page.fail(error);
    }
  };
  document.addEventListener('dragenter', over);
  document.addEventListener('dragover', over);
  document.addEventListener('dragleave', ({ relatedTarget }) => relatedTarget === null && hold(false));
  document.addEventListener('drop', (event) => {
    hold(false);
    const { dataTransfer } = event;
    if (!dataTransfer || !hasFile(event)) return;
    event.preventDefault();
    const addresses = ADDRESSES.map((type) => dataTransfer.getData(type)).find(Boolean) ?? '';
    void take({ files: [...dataTransfer.files], addresses });
  });
}
