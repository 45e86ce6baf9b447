import fs from 'node:fs';

/** @typedef {import('./person.mjs').Person} Person */

export const title = 'The overshoot comparison as an SVG, a column wide';

/** @param {Person} person */
export async function play(person) {
  const lab = await person.openSample('the overshoot term', 'The overshoot term', '[data-plot=overshoot] canvas');
  await person.step('Ask for a figure', async () => {
    await person.click(lab.getByRole('button', { name: 'Actions for Overshoot and attractor gain', exact: true }));
    await person.click(lab.getByRole('menuitem', { name: 'Figure for paper…' }));
    await person.see('the preview', () => lab.getByTestId('figure').getByRole('img').isVisible());
  });
  await person.step('Save it', async () => {
    await person.click(lab.getByTestId('figure').getByRole('button', { name: 'Save as SVG' }));
    const svg = fs.readFileSync(await person.acceptFile(/\.svg$/), 'utf8');
    if (!/<svg[^>]* width="85mm"/.test(svg)) throw new Error('the figure is not as wide as a column');
  });
}
