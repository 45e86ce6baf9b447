// A window: the extension, as it is built, on the stand-in for VS Code, with the lab of a file in which somebody trains.
// node window.js <experiment file> <storage> [run to resume]; ends when the training does.
import path from 'node:path';
import { editor } from '../../harness/vscode/editor';
import { extensionContext, loadHost } from '../../harness/vscode/host';
import { Uri } from '../../harness/vscode/uri';
import { WebviewPanel } from '../../harness/vscode/webviews';
import type { RunRecord } from '../../../src/core/runs/record';
import type { Message } from '../../../src/protocol/rpc';

/** A page of the lab, as far as the host can tell: it makes calls and hears their answers. */
class Page {
  private readonly open = new Map<number, (message: Message) => void>();
  private next = 1;

  constructor(private readonly panel: WebviewPanel) {
    panel.webview.screen = {
      load: () => undefined,
      post: (message) => {
        const heard = message as Message;
        if (heard.type === 'call') panel.webview.receive({ type: 'answer', id: heard.id });
        else this.open.get(heard.id)?.(heard);
        return Promise.resolve(true);
      },
    };
  }

  call(name: string, args: readonly unknown[]): Promise<unknown> {
    const id = this.next++;
    const answer = new Promise((resolve, reject) =>
      this.open.set(id, (message) => {
        if (message.type === 'answer') resolve(message.value);
        else if (message.type === 'error') reject(new Error(message.message));
      }),
    );
    this.panel.webview.receive({ type: 'call', id, name, args });
    return answer;
  }
}

async function main([file, storage, resume]: readonly string[]): Promise<void> {
  editor.folder = path.dirname(file!);
  const root = process.cwd();
  const host = loadHost(root);
  await host.activate(extensionContext(root, storage!));
  await editor.run('vscode.openWith', Uri.file(file!), 'noprop.lab');
  const page = new Page(editor.active as WebviewPanel);
  await page.call('ready', []);
  const [record] = (await page.call('train', resume ? [resume] : [])) as RunRecord[];
  await host.deactivate();
  if (record?.state !== 'done') throw new Error(`the training is ${record?.state}: ${record?.message}`);
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
