import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { newExperiment } from '../../src/core/experiment/experiment';
import { newEntry } from '../../src/core/schedules/entry';
import { violations } from './axe';
import { eventually, LabWindow, themes, wide } from './support';

describe('diagnostics in the lab', () => {
  let window: LabWindow;
  let lab: Page;
  const cell = (fact: string, schedule = 0) => lab.locator(`[data-fact="${fact}"] [data-diagnosed="${schedule}"]`);
  const told = () => lab.getByTestId('diagnosis').innerText();

  before(async () => {
    const schedules = ['scaled-linear', 'cosine', 'linear-gamma'].map(newEntry);
    const text = JSON.stringify({ ...newExperiment('Three'), schedules });
    window = await LabWindow.open({ 'three.noprop.json': text });
    lab = await window.lab('three.noprop.json');
  });
  after(() => window?.close());

  it('has facts in rows and schedules in columns, and marks the worst of a row', async () => {
    assert.deepEqual(
      (await lab.locator('.facts thead th').allInnerTexts()).map((text) => text.trim()),
      ['Scaled linear', 'Cosine', 'Linear log-SNR'],
    );
    const facts = await lab.locator('.facts tbody th').allInnerTexts();
    for (const fact of ['Terminal SNR', 'Euler steps to be stable', 'γ′ at t = 1', 'Loss weight by decade of SNR'])
      assert.ok(facts.includes(fact), facts.join());
    const marked = await lab.locator('[data-fact="terminal"] td').allInnerTexts();
    assert.deepEqual(
      marked.map((text) => text.includes('▲')),
      [false, false, true],
    );
    assert.match(await cell('terminal', 2).innerText(), /the worst of its row/);
    assert.equal(await lab.locator('[data-fact="monotone"]', { hasText: '▲' }).count(), 0, 'no worst among equals');
  });

  it('says first what warns, and of each cell what it means, by mouse and by keys', async () => {
    assert.match(await told(), /^Scaled linear, Terminal SNR\. Terminal SNR is not 0: sampling starts from N\(0, I\)/);
    assert.ok(await cell('terminal').locator('.codicon-warning').isVisible());
    assert.match((await cell('window').getAttribute('title'))!, /\|γ\| ≤ 15/);
    await cell('pole1').click();
    await eventually('the pole', async () => (await told()).includes('a simple pole at t = 1, γ′ ≈ 1/(1 − t)'));
    await lab.keyboard.press('ArrowRight');
    await eventually('the next schedule', async () => (await told()).startsWith('Cosine, γ′ at t = 1.'));
    await lab.keyboard.press('ArrowUp');
    await eventually('the fact above', async () => (await told()).startsWith('Cosine, γ′ at t = 0.'));
    assert.equal(await lab.locator('.facts td[tabindex="0"]').count(), 1, 'one stop of the Tab key');
  });

  it('shows the share of the loss weight by decade, with the cap of the training', async () => {
    await cell('decades').click();
    await eventually('the decades', async () => (await told()).includes('of the loss weight (SNR′ capped at 5)'));
    assert.ok((await cell('decades').locator('.bars rect').count()) >= 8);
    await lab.locator('.behind summary').click();
    const shares = await lab.locator('.behind td').allInnerTexts();
    const total = shares.reduce(
      (sum, text) =>
        sum + Number.parseFloat(text.replace(/·10⁻(.).*/, (_, e: string) => `e-${'⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(e)}`)),
      0,
    );
    assert.ok(shares.length >= 8 && Math.abs(total - 100) < 1, shares.join(' '));
  });

  it('is copied as a table, numbers with all their digits', async () => {
    await lab.getByRole('button', { name: 'Actions for Diagnostics' }).click();
    await lab.getByRole('menuitem', { name: 'Copy as CSV' }).click();
    await eventually('copied', () => window.clipboard.startsWith('fact,Scaled linear,Cosine,Linear log-SNR'));
    assert.match(window.clipboard, /^Terminal SNR,0\.00\d{10,},0,0\.00\d{10,}/m);
  });

  it('keeps the names of facts in sight where it scrolls', async () => {
    await lab.setViewportSize({ width: 480, height: 720 });
    try {
      const table = lab.locator('.diagnostics .scroll');
      await table.scrollIntoViewIfNeeded();
      await table.evaluate((one) => (one.scrollLeft = 1000));
      await eventually('scrolled', async () => (await table.evaluate((one) => one.scrollLeft)) > 0);
      const [name, edge] = [(await lab.locator('[data-fact="terminal"] th').boundingBox())!, (await table.boundingBox())!]; // prettier-ignore
      assert.ok(name.x >= edge.x - 1);
      assert.ok(await lab.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    } finally {
      await lab.setViewportSize(wide);
    }
  });

  it('follows a parameter, and what is hidden; of one schedule all is said at once', async () => {
    const field = lab.locator('[data-schedule="0"] [data-param="betaEnd"] .number');
    await field.fill('0.03');
    await field.press('Enter');
    await cell('terminal').click();
    await eventually('terminal SNR is small', async () =>
      (await told()).includes('N(0, I) is close to what training sees'),
    );
    for (const k of [0, 2]) await lab.locator('.legend button').nth(k).click();
    await eventually('one schedule is left', async () => (await lab.locator('.facts.alone').count()) === 1);
    const said = (await lab.locator('.facts .sentence').allInnerTexts()).join(' ');
    assert.match(said, /Explicit Euler on eq\. 26 is stable/);
    assert.match(said, /γ increases throughout/);
    for (const k of [0, 2]) await lab.locator('.legend button').nth(k).click();
    await lab.locator('.facts thead th').nth(2).waitFor();
  });

  for (const theme of themes)
    it(`${theme}: accessible with all of it open, and pictured`, async () => {
      await window.setTheme(theme);
      await cell('decades').click();
      await lab.locator('.behind').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
      assert.deepEqual(await violations(lab), []);
      await lab.mouse.move(5, 5);
      await lab.locator('.diagnostics').scrollIntoViewIfNeeded();
      await window.screenshot(`diagnostics-${theme}`);
    });
});
