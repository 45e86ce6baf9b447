import fs from 'node:fs';

/** @typedef {import('./person.mjs').Person} Person */

export const title = 'Own CSV, from New Experiment to predictions';

const [CLASSES, EACH] = [['mire', 'meadow', 'wood'], 100];

/** A table of 300 rows, four features and three classes, the same at every run. */
function table() {
  let state = 7;
  const noise = () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648 - 0.5;
  };
  const rows = CLASSES.flatMap((name, k) =>
    Array.from({ length: EACH }, () => {
      const centers = [2 * Math.cos(2 * k), 2 * Math.sin(2 * k), k, 1];
      return [...centers.map((center) => (center + noise()).toFixed(3)), name].join(',');
    }),
  );
  return ['moisture,height,light,slope,habitat', ...rows].join('\n') + '\n';
}

export const files = { 'habitats.csv': table() };

/** @param {Person} person */
export async function play(person) {
  const { page } = person;
  const file = (/** @type {string} */ name) => person.click(person.row(name));
  /** @type {import('playwright-core').Frame} */
  let lab;
  await person.step('Open NoProp Lab', async () => {
    await person.click(page.locator('.activitybar [aria-label="NoProp Lab"]').first());
    await person.see('the panel', () => person.link('Open Sample').isVisible());
  });
  await person.step('New experiment', async () => {
    await page.locator('.pane-header', { hasText: 'Schedule' }).first().hover(); // its actions show then
    await person.click(page.locator('.pane-header .action-label[aria-label*="New Experiment"]').first());
    lab = await person.lab();
  });
  await person.step('Choose the file', async () => {
    await person.click(lab.getByRole('tab', { name: 'Training' }));
    await person.click(lab.getByTestId('own-file'));
    await file('habitats.csv');
    await person.see('rows, features and classes', async () =>
      /300 rows.*4 features.*3 classes/.test((await lab.locator('#panel .main').innerText()).replace(/\s+/g, ' ')),
    );
  });
  await person.step('Train', async () => {
    await person.click(lab.getByRole('button', { name: 'Train model', exact: true }).first());
    await person.see('it is done', async () => (await lab.getByTestId('run-state').innerText()) === 'done', 300_000);
  });
  await person.step('Predict', async () => {
    await person.click(lab.getByTestId('predict'));
    await file('habitats.csv');
    const written = await person.acceptFile(/predicted\.csv$/);
    const [head = '', ...rows] = fs.readFileSync(written, 'utf8').trimEnd().split('\n');
    if (!head.includes('habitat') || rows.length !== CLASSES.length * EACH)
      throw new Error(`the predictions are not whole: ${head}, ${rows.length} rows`);
  });
}
