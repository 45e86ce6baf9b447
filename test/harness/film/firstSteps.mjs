/** @typedef {import('./person.mjs').Person} Person */

export const title = 'The first minutes, through the walkthrough';

/** @param {Person} person */
export async function play(person) {
  const { page } = person;
  /** @type {import('playwright-core').Frame} */
  let lab;
  const heading = (/** @type {string} */ name) =>
    page.locator('.getting-started-step', { hasText: name }).locator('visible=true').first();
  const back = async () => {
    await person.click(page.locator('.tabs-container .tab', { hasText: /^Welcome|Walkthrough/ }).first());
    await person.see('the walkthrough', () => heading('Drag a schedule').isVisible());
  };
  const ticked = (/** @type {string} */ name) =>
    person.see(`${name} is ticked`, async () => (await heading(name).locator('.complete').count()) > 0);

  await person.step('Open NoProp Lab and its first steps', async () => {
    await person.click(page.locator('.activitybar [aria-label="NoProp Lab"]').first());
    await person.click(person.link('Take the First Steps'));
    await person.see('the first step', () => person.link('Open the sample').isVisible());
  });
  await person.step('Open the sample', async () => {
    await person.click(person.link('Open the sample'));
    lab = await person.lab('[data-plot=overshoot] canvas');
  });
  await person.step('Drag a schedule', async () => {
    await person.drag(lab.locator('input[type=range]').first(), 0.4, 0.2);
    await person.see('the edit', async () => (await lab.getByTestId('status').innerText()) !== 'saved');
  });
  await person.step('Back: the step is done', async () => {
    await back();
    await ticked('Drag a schedule');
  });
  await person.step('Train a model', async () => {
    await person.click(heading('Watch a model learn'));
    await person.click(person.link('Train a model'));
    lab = await person.lab('#tab-training[aria-selected=true]');
    await person.see('it is done', async () => (await lab.getByTestId('run-state').innerText()) === 'done', 300_000);
  });
  await person.step('Back: the step is done', async () => {
    await back();
    await ticked('Watch a model learn');
  });
  await person.step('Compare integrators', async () => {
    await person.click(heading('Find the cheapest integrator'));
    await person.click(person.link('Compare integrators'));
    lab = await person.lab('#tab-integrators[aria-selected=true]');
    await lab.getByTestId('verdict').waitFor();
  });
  await person.step('Back: the step is done', async () => {
    await back();
    await ticked('Find the cheapest integrator');
  });
  await person.step('Make a figure', async () => {
    await person.click(heading('Take the result with you'));
    await person.click(person.link('Make a figure'));
    lab = await person.lab('[data-testid=figure]');
    await lab.getByTestId('figure').getByRole('img').waitFor();
    await person.press('Escape');
    await back();
  });
  await person.step('Export the experiment', async () => {
    await person.click(person.link('Export the experiment'));
    await person.click(person.row('JSON'));
    await person.acceptFile(/export\.json$/);
  });
  await person.step('Every step is done', async () => {
    await back();
    await ticked('Take the result with you');
  });
}
