import fs from 'node:fs';

/** @typedef {import('./person.mjs').Person} Person */

export const title = 'A learned schedule into the document';

/** @param {Person} person */
export async function play(person) {
  let lab = await person.openSample(
    'a learned schedule',
    'A schedule that is learned',
    '#tab-training[aria-selected=true]',
  );
  await person.step('Train it', async () => {
    await person.click(lab.getByRole('button', { name: 'Train model', exact: true }).first());
    await person.see('it runs', async () => (await lab.getByTestId('run-state').innerText()) !== '');
  });
  await person.step('Watch it to its end', () =>
    person.see('it is done', async () => (await lab.getByTestId('run-state').innerText()) === 'done', 300_000),
  );
  await person.step('Use the learned schedule', async () => {
    await person.click(lab.getByRole('button', { name: 'Use learned schedule' }));
    await person.see('it is in the document', () => lab.getByText('In the document').isVisible());
  });
  await person.step('Save', async () => {
    await person.press('Control+s');
    const file = await person.acceptFile(/learned.*\.noprop\.json$/i);
    const { schedules } = JSON.parse(fs.readFileSync(file, 'utf8'));
    const count = schedules[0].inputs?.weights?.length;
    if (!count) throw new Error(`${file} has no learned weights`);
    lab = await person.lab('.status.saved');
  });
}
