import * as vscode from 'vscode';

/** A text without what an encoding or an editor may change of it: its mark in front, its line ends. */
const plain = (text: string) => text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');

/**
 * Whether the disk has the text of a document. VS Code tells of a new text first, and a moment later that it is not
 * saved, so a text that came without that is looked for in the file.
 */
export class DiskState {
  private onDisk: string | undefined;
  private reading = false;
  /** Whether the file may have been written since it was read last. */
  private again = false;

  /** `changed` is called when the answer became another one. */
  constructor(
    private readonly document: vscode.TextDocument,
    private readonly changed: () => void,
  ) {
    if (!document.isDirty) this.onDisk = document.getText();
  }

  get isSaved(): boolean {
    return !this.document.isDirty && this.document.getText() === this.onDisk;
  }

  /** Looks into the file, where the document claims to be saved with another text than the file had. */
  check(): void {
    const { document } = this;
    if (document.isUntitled || document.isDirty || this.isSaved) return;
    this.again = this.reading;
    if (!this.reading) void this.read(document.getText());
  }

  private async read(text: string): Promise<void> {
    this.reading = true;
    if (await hasText(this.document, text)) this.onDisk = text;
    this.reading = false;
    if (this.again || this.document.getText() !== text) this.check();
    if (this.isSaved) this.changed();
  }
}

/** Whether a document's file has a text. */
async function hasText({ uri, encoding = 'utf8' }: vscode.TextDocument, text: string): Promise<boolean> {
  if (!encoding.startsWith('utf8')) return true; // only VS Code reads it as it is
  try {
    return plain(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri))) === plain(text);
  } catch {
    return false; // it is gone
  }
}
