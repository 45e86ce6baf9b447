import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { calm, eventually, LabWindow } from './support';

const FILE = 'moons.noprop.json';
const moons = (training: object) =>
  JSON.stringify({
    version: 1,
    name: 'Moons',
    schedules: [{ id: 'linear-gamma' }],
    model: { hidden: [32, 32] },
    training,
  });

/** What a picture looks like at present. */
const pixels = (lab: Page, plot: string) =>
  lab
    .locator(`[data-plot=${plot}] canvas`)
    .first()
    .evaluate((one) => (one as unknown as { toDataURL(): string }).toDataURL());

describe('a model that is watched while it trains', () => {
  let window: LabWindow;
  let lab: Page;
  const button = (name: string) => lab.getByRole('button', { name, exact: true });
  const state = () => lab.getByTestId('run-state').innerText();
  const step = async () => Number((await lab.getByTestId('shown-step').innerText()).replace(/\D/g, ''));

  before(async () => {
    window = await LabWindow.open({ [FILE]: moons({ steps: 1_000_000 }) });
    lab = await window.lab(FILE);
    await lab.getByRole('tab', { name: 'Training' }).click();
  });
  after(() => window?.close());

  it('the field, the ways and the confusion are there while it trains, and go on changing', async () => {
    await button('Train model').click();
    for (const picture of ['boundary', 'trajectories', 'confusion'])
      await lab.locator(`[data-plot=${picture}]`).waitFor();
    assert.equal(await state(), 'running');
    const before = { field: await pixels(lab, 'boundary'), ways: await pixels(lab, 'trajectories') };
    const first = await step();
    await eventually('later weights are shown', async () => (await step()) > first);
    await eventually('another field', async () => (await pixels(lab, 'boundary')) !== before.field);
    await eventually('other ways', async () => (await pixels(lab, 'trajectories')) !== before.ways);
    await window.screenshot('live-training');
    assert.equal(await state(), 'running');
  }).timeout(60_000);

  it('t is moved while it trains: the ways end where they are at that time', async () => {
    const time = lab.getByLabel('Time t of the pictures');
    await time.fill('5');
    await eventually('the field says it', async () =>
      (await lab.locator('[data-plot=boundary]').innerText()).includes('at t = 0.25'),
    );
    await eventually('the ways say it', async () =>
      (await lab.locator('[data-plot=trajectories]').innerText()).includes('Up to t = 0.25'),
    );
    await window.screenshot('live-early-time');
    await button('Play along t').click();
    await eventually('it plays to the end', async () => (await time.inputValue()) === (await time.getAttribute('max')));
    await button('Play along t').waitFor();
  }).timeout(60_000);

  it('after the end the same pictures stay, and the training is played from its pictures', async () => {
    await button('Stop').click();
    await eventually('it stopped', async () => (await state()).includes('stopped'), 30_000);
    await eventually('the end is shown', async () => (await lab.getByTestId('shown-step').innerText()).length > 5);
    const last = await step();
    const slider = lab.getByLabel('Step of the pictures');
    await slider.fill('0');
    await eventually('an earlier step', async () => (await step()) < last);
    const early = await pixels(lab, 'boundary');
    await window.screenshot('live-played');
    await button('Play the training').click();
    await eventually('it plays to the end', async () => (await step()) === last, 30_000);
    await calm(lab);
    assert.notEqual(await pixels(lab, 'boundary'), early);
  }).timeout(60_000);
});
