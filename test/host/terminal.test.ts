import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import manifest from '../../package.json';
import { eventually, fileOf } from './support';

describe('the command in a terminal', () => {
  let terminal: vscode.Terminal;
  before(async () => {
    await vscode.extensions.getExtension('noprop-lab.noprop-lab')!.activate();
    terminal = vscode.window.createTerminal({ name: 'noprop', cwd: fileOf('.') });
  });
  after(() => terminal.dispose());

  /** What a line writes to a file, once all of it is there. */
  const output = async (line: string, file: string): Promise<string> => {
    // a name of its own until the command has ended
    terminal.sendText(`${line} > ${file}.part && mv ${file}.part ${file}`);
    const found = async () => {
      const bytes = await vscode.workspace.fs.readFile(fileOf(file)).then(undefined, () => undefined);
      return bytes && Buffer.from(bytes).toString();
    };
    await eventually(`${line} has written ${file}`, async () => (await found()) !== undefined, 60_000);
    return (await found())!;
  };

  it('answers its version', async () => {
    assert.equal(await output('noprop --version', 'version.txt'), `${manifest.version}\n`);
  }).timeout(90_000);

  it('answers on a schedule as JSON', async () => {
    const made = JSON.parse(await output('noprop schedule cosine --at 0.5 --json', 'cosine.json')) as {
      schedule: string;
      rows: { t: number; alphaBar: number }[];
    };
    assert.equal(made.schedule, 'cosine');
    assert.equal(made.rows.length, 1);
    assert.ok(Math.abs(made.rows[0]!.alphaBar - 0.5) < 0.05, String(made.rows[0]!.alphaBar));
  }).timeout(90_000);

  it('runs on the runtime of VS Code, without a node on the PATH', async () => {
    const alone = 'PATH="$(dirname "$(command -v noprop)")"';
    const text = await output(`(${alone}; noprop --version)`, 'alone.txt');
    assert.equal(text, `${manifest.version}\n`);
  }).timeout(90_000);
});
