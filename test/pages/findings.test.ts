import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { newExperiment } from '../../src/core/experiment/experiment';
import { newEntry } from '../../src/core/schedules/entry';
import { violations } from './axe';
import { eventually, LabWindow, themes } from './support';

describe('diagnostics in the lab', () => {
  let window: LabWindow;
  let lab: Page;
  const of = (index: number) => lab.locator(`[data-diagnosed="${index}"]`);
  const sentence = (index: number, id: string) => of(index).locator(`[data-finding="${id}"] p`);

  before(async () => {
    const schedules = ['scaled-linear', 'cosine'].map(newEntry);
    const text = JSON.stringify({ ...newExperiment('Two'), schedules });
    window = await LabWindow.open({ 'two.noprop.json': text });
    lab = await window.lab('two.noprop.json');
  });
  after(() => window?.close());

  it('says of each schedule first what matters most, and the rest on demand', async () => {
    assert.deepEqual(
      (await lab.locator('.diagnosed h3').allInnerTexts()).map((text) => text.trim()),
      ['Scaled linear', 'Cosine'],
    );
    const first = of(0).locator('> ul li');
    assert.match(await first.innerText(), /Terminal SNR is not 0: sampling starts from N\(0, I\)/);
    assert.ok(await first.locator('.codicon-warning').isVisible());
    assert.ok(!(await sentence(0, 'poles').isVisible()));
    await of(0).locator('> details > summary').click();
    assert.match(await sentence(0, 'poles').innerText(), /a simple pole at t = 1, γ′ ≈ 1\/\(1 − t\)/);
    assert.match(await sentence(0, 'window').innerText(), /\|γ\| ≤ 15/);
    assert.ok(!(await sentence(1, 'poles').isVisible()));
  });

  it('shows the share of the loss weight by decade as a table, with the cap of the training', async () => {
    const decades = of(0).locator('[data-finding="decades"]');
    assert.match(await decades.locator('p').innerText(), /of the loss weight \(SNR′ capped at 5\)/);
    await decades.locator('summary').click();
    const shares = await decades.locator('td').allInnerTexts();
    const total = shares.reduce(
      (sum, text) =>
        sum + Number.parseFloat(text.replace(/·10⁻(.).*/, (_, e: string) => `e-${'⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(e)}`)),
      0,
    );
    assert.ok(shares.length >= 8 && Math.abs(total - 100) < 1, shares.join(' '));
  });

  it('follows a parameter, and what is hidden', async () => {
    const field = lab.locator('[data-schedule="0"] [data-param="betaEnd"] .number');
    await field.fill('0.03');
    await field.press('Enter');
    await eventually('terminal SNR is small', async () =>
      (await sentence(0, 'prior').innerText()).includes('N(0, I) is close to what training sees'),
    );
    await lab.locator('.legend button').first().click();
    await eventually('one schedule is left', async () => (await lab.locator('.diagnosed').count()) === 1);
    assert.equal(await lab.locator('.diagnosed h3').count(), 0);
    assert.ok(await sentence(1, 'poles').isVisible(), 'all is said of a schedule alone');
    await lab.locator('.legend button').first().click();
    await lab.locator('.diagnosed').nth(1).waitFor();
  });

  for (const theme of themes)
    it(`${theme}: accessible with all of it open, and pictured`, async () => {
      await window.setTheme(theme);
      await lab.locator('.diagnosed details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
      assert.deepEqual(await violations(lab), []);
      await lab.mouse.move(5, 5);
      await lab.locator('.diagnostics').scrollIntoViewIfNeeded();
      await window.screenshot(`diagnostics-${theme}`);
    });
});
