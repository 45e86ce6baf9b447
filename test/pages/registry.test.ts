import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { addRow, newRows } from '../unit/house/newRows';
import { eventually, LabWindow, root } from './support';

describe('adding a schedule', () => {
  const copy = path.join(root, 'out/added');
  let window: LabWindow;

  before(() => {
    rmSync(copy, { recursive: true, force: true });
    mkdirSync(copy, { recursive: true });
    const parts = ['src', 'webview', 'media', 'package.json', 'package.nls.json', 'tsconfig.json', 'esbuild.js'];
    for (const part of [...parts, 'dist']) cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
    symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
    addRow(
      copy,
      newRows.find(({ what }) => what === 'schedule')!,
    );
    execFileSync(process.execPath, ['esbuild.js'], { cwd: copy });
  });
  after(async () => {
    await window?.close();
    rmSync(copy, { recursive: true, force: true });
  });

  it('is one file and one row: it is in the picker, and draws', async () => {
    const files = { 'a.noprop.json': '{"version":1,"schedules":[{"id":"cosine"}]}' };
    window = await LabWindow.open(files, { extension: copy });
    const lab = await window.lab('a.noprop.json');
    await lab.getByTestId('family').selectOption('quadratic-gamma');
    await lab.locator('[data-param="rise"]').waitFor();
    const logSnr = lab.locator('[data-plot="logSnr"] [data-reading="0"]');
    await eventually('gamma = 12 (t^2 + t - 1/4) at t = 0.5', async () => (await logSnr.innerText()).trim() === '6');
  });
});
