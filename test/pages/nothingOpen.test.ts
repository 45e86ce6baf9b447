import assert from 'node:assert/strict';
import { eventually, LabWindow } from './support';

describe('Train Model with no lab open', () => {
  let window: LabWindow;
  before(async () => {
    window = await LabWindow.open({});
  });
  after(() => window?.close());

  it('asks what to train, and trains that', async () => {
    await window.runCommand('NoProp: Train Model');
    await window.pick('A sample experiment');
    assert.deepEqual(await window.api.runs(), [], 'nothing trains before the answer');
    await window.pick('A schedule that is learned');
    await eventually('it trains', async () => (await window.api.runs())[0]?.name === 'A schedule that is learned');
    const lab = await window.lab();
    await lab.locator('#tab-training[aria-selected=true]').waitFor();
    await window.runCommand('NoProp: Stop Training');
    await eventually('it stopped', async () => (await window.api.runs())[0]?.state === 'stopped');
  });
});
