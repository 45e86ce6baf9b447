import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { newExperiment } from '../../src/core/experiment/experiment';
import { violations } from './axe';
import { eventually, LabWindow, narrow, themes, wide } from './support';

const FILE = 'note.noprop.json';

describe('the derivation', () => {
  let window: LabWindow;
  let lab: Page;
  const row = (eq: string) => lab.locator(`[data-eq="${eq}"]`);
  const line = (eq: string) => row(eq).locator('summary');
  const verdict = (eq: string) => line(eq).locator('.mark').innerText();
  const error = (eq: string) => line(eq).locator('[data-value=error]').innerText();
  const order = (eq: string) => line(eq).locator('[data-value=order]').innerText();
  const write = (schedules: object[], what: string, holds: () => Promise<boolean>) => {
    window.write(FILE, JSON.stringify({ ...newExperiment('Note'), schedules }));
    return eventually(what, holds);
  };

  before(async () => {
    window = await LabWindow.open({ [FILE]: JSON.stringify(newExperiment('Note')) });
    lab = await window.lab(FILE);
  });
  after(() => window?.close());

  it('opens by command, with every equation typeset and its verdict', async () => {
    await window.runCommand('NoProp: Check Derivation');
    await row('28').waitFor();
    assert.equal(await lab.locator('[data-eq]').count(), 29);
    assert.equal(await lab.locator('.paper summary math').count(), 28); // line 7 is blank
    assert.equal(await lab.locator('.paper code.equation').count(), 0);
    const verdicts = await Promise.all(['9', '10', '14', '15', '16', '28', '7'].map(verdict));
    const expected = ['holds', 'misprint', 'misprint', 'first order', 'notation', 'approximation', 'blank'];
    assert.deepEqual(verdicts, expected);
    assert.match(
      await lab.getByTestId('summary').innerText(),
      /^11 hold exactly, 4 to first order; misprints: 10, 14;/,
    );
    assert.deepEqual([await order('14'), await order('15'), await order('9')], ['1.00', '2.00', '–']);
  });

  it('is set in the mathematical font that ships with the page', async () => {
    const font = await lab.evaluate(async () => {
      const faces = [...document.fonts].filter(({ family }) => family.includes('NoProp Math'));
      await document.fonts.ready;
      const math = getComputedStyle(document.querySelector('.paper math')!).fontFamily;
      return { status: faces.map(({ status }) => status), math };
    });
    assert.deepEqual(font.status, ['loaded']);
    assert.match(font.math, /^"?NoProp Math/);
  });

  it('gives the error of what is meant where only the notation slipped, and of the letter in the hover', async () => {
    assert.ok(Number((await error('26')).split('·')[0]) > 0);
    assert.match(await error('26'), /·10⁻1?[⁰¹²³⁴⁵⁶⁷⁸⁹]+$/);
    assert.match((await line('26').locator('[data-value=error]').getAttribute('title'))!, /read to the letter \d/);
  });

  it('shows a misprint printed and corrected side by side, what differs marked', async () => {
    const boxes = await Promise.all(
      ['was', 'now'].map((side) => row('10').locator(`figure.${side} .differ`).first().boundingBox()),
    );
    assert.ok(boxes[0]!.x < boxes[1]!.x, 'printed stands left of corrected');
    const colours = await row('10')
      .locator('figure .differ')
      .evaluateAll((all) => all.map((term) => getComputedStyle(term).backgroundColor));
    assert.equal(new Set(colours).size, 2, colours.join(' '));
    assert.ok(!colours.includes('rgba(0, 0, 0, 0)'), colours.join(' '));
    const [printed, corrected] = await row('10').locator('td').allInnerTexts();
    assert.ok(Number(printed) > 1, printed);
    assert.match(corrected!, /·10⁻¹[⁰¹²³⁴⁵⁶⁷⁸⁹]$/);
  });

  it('a row opens and closes by the keyboard, and tells its check', async () => {
    await line('27').focus();
    await lab.keyboard.press('Enter');
    await row('27').locator('.detail').waitFor();
    const text = await row('27').locator('.detail').innerText();
    for (const part of ['Read literally', 'Computed against', 'factor on u', 'Copy LaTeX'])
      assert.ok(text.includes(part), part);
    await lab.keyboard.press('Enter');
    await row('27').locator('.detail').waitFor({ state: 'detached' });
    await line('28').click();
    assert.match(await row('28').locator('.detail').innerText(), /ratio[^]*1\.00\d\d/);
    await line('15').click();
    assert.match(await row('15').locator('.detail').innerText(), /dt\/4096[^]*order of the local error\s+2\.00/);
  });

  it('is filtered by verdict', async () => {
    const filter = lab.getByRole('button', { name: /^misprint/ });
    await filter.click();
    await eventually('the misprints alone', async () => (await lab.locator('[data-eq]').count()) === 2);
    assert.equal(await filter.getAttribute('aria-pressed'), 'true');
    await filter.click();
    await eventually('all again', async () => (await lab.locator('[data-eq]').count()) === 29);
  });

  it('saves its rows', async () => {
    await lab.getByRole('button', { name: 'Actions for the derivation' }).click();
    await lab.getByRole('menuitem', { name: 'Save as CSV' }).click();
    const file = await window.chooseFile();
    assert.equal(path.basename(file), 'note-derivation.csv');
    await eventually('the file', () => readFileSync(file, 'utf8').startsWith('eq,verdict,error,order,corrected'));
    assert.match(readFileSync(file, 'utf8'), /\n10,misprint,4\.\d+,,"?\\mu_t/);
  });

  for (const theme of themes)
    it(`${theme}: accessible, and pictured`, async () => {
      await window.setTheme(theme);
      assert.deepEqual(await violations(lab), []);
      await lab.evaluate(() => scrollTo(0, 0));
      await window.screenshot(`derivation-${theme}`);
      await line('14').evaluate((element) => element.scrollIntoView({ block: 'start' }));
      await window.screenshot(`derivation-${theme}-loss`);
    });

  it('700 pixels wide: nothing is cut off', async () => {
    await lab.setViewportSize(narrow);
    const overflow = await lab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} pixels too wide`);
    await window.screenshot('derivation-700');
    await line('24').evaluate((element) => element.scrollIntoView({ block: 'start' }));
    await window.screenshot('derivation-700-end');
    await lab.setViewportSize(wide);
  });

  it('follows the first schedule: its numbers, and what is exact on it', async () => {
    const before = await error('20');
    const schedules = [{ id: 'constant-beta' }, { id: 'cosine' }];
    await write(schedules, 'other numbers', async () => (await error('20')) !== before);
    assert.equal(await verdict('18'), 'holds'); // a constant noise rate makes the increment exact
    assert.equal(await verdict('14'), 'misprint');
  });

  it('says why nothing can be checked', async () => {
    const refusal = lab.locator('[data-tab=derivation] [role=alert]', { hasText: 'cannot be checked' });
    const outside = [{ id: 'linear-gamma', params: { gammaMin: 20, gammaMax: 30 } }];
    await write(outside, 'a refusal', () => refusal.isVisible());
    assert.match(await refusal.innerText(), /lies wholly outside the window/);
  });

  it('nothing broke the content policy', () => {
    const refused = window.errors.filter((text) => /Content Security Policy/i.test(text));
    assert.deepEqual(refused, []);
  });
});
