import assert from 'node:assert/strict';
import fs from 'node:fs';
import * as vscode from 'vscode';

describe('the extension', () => {
  const extension = () => {
    const found = vscode.extensions.getExtension('noprop-lab.noprop-lab');
    assert.ok(found, 'noprop-lab.noprop-lab is not known to VS Code');
    return found;
  };

  it('is the one under test', () => {
    const expected = process.env.NOPROP_EXPECT_UNDER;
    assert.ok(expected, 'NOPROP_EXPECT_UNDER is not set');
    const actual = fs.realpathSync(extension().extensionPath);
    assert.ok(`${actual}/`.startsWith(`${fs.realpathSync(expected)}/`), `${actual} is not under ${expected}`);
  });

  it('activates', async () => {
    await extension().activate();
    assert.equal(extension().isActive, true);
  });

  it('registers its commands', async () => {
    const commands = new Set(await vscode.commands.getCommands(true));
    for (const name of ['noprop.openLab', 'noprop.newExperiment', 'noprop.exportConfig', 'noprop.showLog'])
      assert.ok(commands.has(name), name);
  });
});
