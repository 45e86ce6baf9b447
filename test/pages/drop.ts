import type { Page } from 'playwright-core';

/** Drops what a drag carries on the page: texts by their types, and files by their names. */
export const drop = (page: Page, texts: Record<string, string>, files: Record<string, string> = {}): Promise<void> =>
  page.evaluate(
    ([carried, contents]) => {
      const dataTransfer = new DataTransfer();
      for (const [type, text] of Object.entries(carried)) dataTransfer.setData(type, text);
      for (const [name, text] of Object.entries(contents)) dataTransfer.items.add(new File([text], name));
      for (const type of ['dragenter', 'dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    },
    [texts, files] as const,
  );
