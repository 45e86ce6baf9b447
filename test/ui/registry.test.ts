import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { addRow, newRows } from '../unit/house/newRows';
import { eventually, openLab } from './support';
import { open, type Workbench } from './workbench';

describe('adding a schedule', () => {
  const root = process.env.NOPROP_ROOT ?? process.cwd();
  const copy = path.join(root, 'out/added');
  let workbench: Workbench;

  before(() => {
    rmSync(copy, { recursive: true, force: true });
    mkdirSync(copy, { recursive: true });
    for (const part of ['src', 'webview', 'media', 'package.json', 'package.nls.json', 'tsconfig.json', 'esbuild.js'])
      cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
    symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
    addRow(
      copy,
      newRows.find(({ what }) => what === 'schedule')!,
    );
    execFileSync(process.execPath, ['esbuild.js'], { cwd: copy });
  });
  after(async () => {
    await workbench?.close();
    rmSync(copy, { recursive: true, force: true });
  });

  it('is one file and one row: it is in the picker, and draws', async () => {
    const text = '{"version":1,"schedules":[{"id":"cosine"}]}';
    workbench = await open({ 'a.noprop.json': text }, { openFile: 'a.noprop.json', devPath: copy });
    const lab = await openLab(workbench);
    await lab.getByTestId('family').selectOption('quadratic-gamma');
    await lab.locator('[data-param="rise"]').waitFor();
    const logSnr = lab.locator('[data-plot="logSnr"] [data-reading="0"]');
    await eventually('gamma = 12 (t^2 + t - 1/4) at t = 0.5', async () => (await logSnr.innerText()).trim() === '6');
  });
});
