import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { samples } from '../../src/core/experiment/samples';
import { calm, eventually, LabWindow } from './support';

describe('sample experiments in the lab', () => {
  let window: LabWindow;
  let lab: Page;
  before(async () => {
    window = await LabWindow.open({});
  });
  after(() => window?.close());

  for (const { title, tab } of samples)
    it(`${title}: opens on the tab that answers it`, async () => {
      await window.runCommand('NoProp: Open Sample');
      await window.pick(title);
      await eventually('it is open', () => window.activeText.includes(JSON.stringify(title)));
      lab = await window.lab();
      await lab.locator(`#tab-${tab}[aria-selected=true]`).waitFor();
      await calm(lab);
      assert.deepEqual(window.messages, []);
      await window.screenshot(`sample-${tab}`, lab);
    });

  it('a curve that was dragged is ticked off in the walkthrough', async () => {
    assert.equal(window.contextKey('noprop.reached.curve'), undefined);
    await lab.getByRole('tab', { name: 'Schedules' }).click();
    await calm(lab);
    await lab.locator('[data-schedule="0"] input[type=range]').first().press('ArrowRight');
    await eventually('it is ticked off', () => window.contextKey('noprop.reached.curve') === true);
  });

  it('so is what was exported', async () => {
    assert.equal(window.contextKey('noprop.reached.export'), undefined);
    await window.runCommand('NoProp: Export…');
    await window.pick('JSON');
    await window.chooseFile();
    await eventually('it is ticked off', () => window.contextKey('noprop.reached.export') === true);
  });

  it('so is a comparison', async () => {
    await window.runCommand('NoProp: Compare Integrators');
    await eventually('it is ticked off', () => window.contextKey('noprop.reached.comparison') === true);
  });
});
