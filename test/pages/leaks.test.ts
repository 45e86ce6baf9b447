import assert from 'node:assert/strict';
import type { Worker } from 'node:worker_threads';
import { newExperiment } from '../../src/core/experiment/experiment';
import { calm, eventually, LabWindow } from './support';

const FILE = 'a.noprop.json';
const TIMES = 50;

/** What is opened and closed, or dragged, again and again leaves nothing behind. */
describe('a lab that is used for long', function () {
  this.timeout(300_000);
  let window: LabWindow;
  const workers = new Set<Worker>();
  const remember = (worker: Worker) => {
    workers.add(worker);
    worker.once('exit', () => workers.delete(worker));
  };

  before(async () => {
    process.on('worker', remember);
    const experiment = { ...newExperiment('A'), training: { steps: 10_000_000 } };
    window = await LabWindow.open({ [FILE]: JSON.stringify(experiment) });
  });
  after(async () => {
    process.removeListener('worker', remember);
    await window.close();
  });

  it(`opened and closed ${TIMES} times, it leaves no listener, thread or page`, async () => {
    const open = async () => {
      await window.lab(FILE);
      await window.runCommand('View: Close Editor');
    };
    await open(); // what is made once and kept is there now
    const left = () => ({ ...window.held, threads: workers.size });
    const before = left();
    for (let i = 0; i < TIMES; i++) await open();
    await eventually('all is closed', () => window.held.pages === before.pages);
    assert.deepEqual(left(), before);
  });

  it('dragged long while a model trains, it lets no calls queue up', async () => {
    const lab = await window.lab(FILE);
    await lab.getByRole('tab', { name: 'Training' }).click();
    await lab.getByRole('button', { name: 'Train model', exact: true }).click();
    await eventually('it trains', async () => (await lab.getByTestId('run-state').innerText()) === 'running');
    await lab.getByRole('tab', { name: 'Dynamics' }).click();
    await calm(lab);
    const slider = lab.locator('[data-param] input[type=range]').first();
    const before = window.mostPending;
    // As many events as two minutes of dragging bring, without the pauses between them.
    await slider.evaluate(async (input: HTMLInputElement) => {
      const [low, high] = [Number(input.min), Number(input.max)];
      for (let i = 0; i < 2000; i++) {
        input.value = String(low + ((high - low) * (i % 100)) / 100);
        input.dispatchEvent(new Event('input', { bubbles: true }));
        if (i % 5 === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await calm(lab);
    assert.ok(window.mostPending <= Math.max(before, 8), `${window.mostPending} calls waited at once`);
    await window.runCommand('NoProp: Stop Training');
    await eventually('it stopped', async () => (await window.api.runs())[0]?.state === 'stopped');
  });
});
