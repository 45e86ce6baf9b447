import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { Page } from 'playwright-core';
import { eventually, LabWindow, root } from './support';

const FILE = 'long.noprop.json';

const long = JSON.stringify({
  version: 1,
  name: 'Long',
  schedules: [{ id: 'linear-gamma' }],
  data: { id: 'two-moons', params: { n: 200 } },
  model: { hidden: [16] },
  training: { steps: 10_000_000 },
});

describe('trainings that are interrupted', function () {
  this.timeout(180_000);
  let window: LabWindow;
  let lab: Page;
  /** The threads that the host has started. */
  const workers: Worker[] = [];
  const remember = (worker: Worker) => void workers.push(worker);
  const button = (name: string) => lab.getByRole('button', { name, exact: true });
  const state = () => lab.getByTestId('run-state').innerText();
  const running = () => eventually('it trains', async () => (await state()) === 'running');
  const steps = async () => (await window.api.runs())[0]?.step ?? 0;
  const runs = () => path.join(window.dir, '../storage/runs');

  before(async () => {
    process.on('worker', remember);
    window = await LabWindow.open({ [FILE]: long });
    lab = await window.lab(FILE);
    await lab.getByRole('tab', { name: 'Training' }).click();
  });
  after(async () => {
    process.removeListener('worker', remember);
    await window.close();
  });

  it('where the trainer dies, the page and the tree say so at once, and Resume goes on', async () => {
    await button('Train model').click();
    await running();
    await eventually('steps', async () => (await steps()) > 0);
    await workers.at(-1)!.terminate();
    await eventually('it is interrupted', async () => (await state()) === 'interrupted');
    const { step, message } = (await window.api.runs())[0]!;
    assert.match(message!, /^the trainer ended with code 1/);
    await lab.getByText(/The trainer ended with code 1\. Resume/).waitFor();
    assert.match((await window.tree())[0]!.description!, /interrupted/);
    await button('Resume').click();
    await running();
    await eventually('it goes on', async () => (await steps()) > step);
    assert.equal((await window.api.runs()).length, 1);
  });

  it('a training that cannot be saved says so on the page, in the tree and once in a message; and when it can again', async () => {
    await running();
    const [id] = readdirSync(runs()).filter((name) => existsSync(path.join(runs(), name, 'run.json')));
    const folder = path.join(runs(), id!);
    const warned = () => window.messages.filter((text) => text.includes('cannot be saved')).length;
    const before = warned();
    renameSync(folder, `${folder}.away`);
    writeFileSync(folder, ''); // a file in the place of the folder
    const warning = lab.getByTestId('save-problem');
    await warning.waitFor();
    assert.match(await warning.innerText(), /Nothing after step \d+ is saved\. The run cannot be saved in /);
    await eventually('the tree says so', async () => /^not saved since step \d+$/.test((await window.tree())[0]!.description!)); // prettier-ignore
    for (const theme of ['light', 'dark', 'high-contrast'] as const) {
      await window.setTheme(theme);
      await window.screenshot(`not-saved-${theme}`, lab);
    }
    await window.setTheme('light');
    assert.equal(warned(), before + 1);
    rmSync(folder);
    renameSync(`${folder}.away`, folder);
    await lab.getByTestId('saved-again').waitFor();
    assert.match(await lab.getByTestId('saved-again').innerText(), /^Saved again at step \d+\.$/);
    assert.equal(await warning.count(), 0);
    assert.equal(warned(), before + 1);
  });

  it('where VS Code ends, the run keeps what it has, and is interrupted', async () => {
    await running();
    await window.reload();
    lab = await window.lab();
    await lab.getByRole('tab', { name: 'Training' }).click();
    await eventually('it is interrupted', async () => (await state()) === 'interrupted');
    await lab.getByText('VS Code was closed or reloaded.').waitFor();
    await button('Resume').waitFor();
  });

  it('a training of another process is shown, and so is its death', async () => {
    mkdirSync(runs(), { recursive: true });
    const script = path.join(root, 'dist/cli.js');
    const child = spawn(process.execPath, [script, 'train', path.join(window.dir, FILE), '--out', runs()], { stdio: 'ignore' }); // prettier-ignore
    await eventually('it is seen', async () => (await window.api.runs())[0]!.process === child.pid);
    await running();
    child.kill('SIGKILL');
    await eventually('its death is seen', async () => (await state()) === 'interrupted');
    await lab.getByText('The process that trained it is gone.').waitFor();
    await button('Resume').click();
    await running();
    await button('Stop').click();
    await eventually('it is stopped', async () => (await state()) === 'stopped');
  });

  it('nothing broke the content policy, and no error was logged', () => assert.deepEqual(window.errors, []));
});
