import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { zipSync } from 'fflate';
import { doubles, npyFile } from '../unit/support/npyFile';
import { drop } from './drop';
import { eventually, LabWindow, narrow, root, themes } from './support';

const experiment = (settings: object = {}) =>
  JSON.stringify({ version: 1, name: 'own data', schedules: [{ id: 'linear-gamma' }], ...settings });

const iris = fs.readFileSync(path.join(root, 'media/samples/iris.csv'), 'utf8');
const digits = fs.readFileSync(path.join(root, 'media/samples/digits.csv'), 'utf8');

/** A lab on these files, at its Training tab. */
async function openTraining(files: Record<string, string>, name = 'a.noprop.json') {
  const window = await LabWindow.open({ 'a.noprop.json': experiment(), ...files });
  const page = await window.lab(name);
  await page.getByRole('tab', { name: 'Training' }).click();
  return { window, page };
}

const sentence = (page: Page) => page.getByTestId('data-sentence');
const says = (page: Page, text: string) => sentence(page).filter({ hasText: text }).waitFor();
const dataOf = (window: LabWindow) =>
  (JSON.parse(window.document('a.noprop.json').getText()) as { data: Record<string, unknown> }).data;

describe('the data before training', () => {
  let window: LabWindow;
  let page: Page;
  afterEach(() => window.close());

  it('are there as soon as the tab is: points, classes, first rows, and what the rows are for', async () => {
    ({ window, page } = await openTraining({}));
    await says(page, '1000 rows, 2 features, 2 classes of 500: 800 rows to train on, 200 to test on.');
    await page.locator('[data-plot=data] canvas').first().waitFor();
    assert.deepEqual(await page.getByTestId('class-counts').locator('.count').allInnerTexts(), ['500', '500']);
    assert.equal(await page.getByTestId('first-rows').locator('tbody tr').count(), 6);
    assert.deepEqual(window.errors, []);
  });

  it('are those of a file in two clicks, its label guessed and then chosen from the list of its columns', async () => {
    ({ window, page } = await openTraining({ 'iris.csv': iris }));
    await page.getByTestId('own-file').click();
    await window.openFile('iris.csv');
    await says(page, '150 rows, 4 features, 3 classes of 50: 120 rows to train on, 30 to test on.');
    assert.deepEqual(dataOf(window), {
      id: 'csv',
      path: 'iris.csv',
      label: 'species',
      task: 'classification',
      missing: 'refuse',
      testShare: 0.2,
    });
    const columns = page.getByTestId('columns').locator('li');
    assert.match(await columns.first().innerText(), /species\s+label\s+setosa, versicolor, virginica/);
    assert.match(await columns.nth(1).innerText(), /sepal length \(cm\)\s+number\s+4\.3 to 7\.9/);
    assert.match(await page.locator('[data-plot=data]').locator('..').innerText(), /principal axes/);

    await page.getByTestId('label-column').selectOption('petal width (cm)');
    await says(page, '150 rows, 6 features, petal width (cm) from 0.1 to 2.5');
    assert.deepEqual([dataOf(window).label, dataOf(window).task], ['petal width (cm)', 'regression']);
  });

  it('say what is wrong at its field before anything is trained, and go on once it is mended', async () => {
    const text = iris.replace('5.1,3.5', ',3.5');
    ({ window, page } = await openTraining({ 'iris.csv': text }));
    await page.getByTestId('own-file').click();
    await window.openFile('iris.csv');
    const problem = page.locator('[data-problem="data.missing"]');
    await problem.filter({ hasText: 'Row 2, column "sepal length (cm)": the cell is empty' }).waitFor();
    assert.match(await problem.innerText(), /\(set “Missing cells” to drop or mean to allow it\)\.$/);
    assert.match(await page.getByTestId('columns').innerText(), /4\.3 to 7\.9; 1 empty/);
    await page.getByLabel('Missing cells').selectOption({ label: 'Drop the row' });
    await says(page, '149 rows, 4 features, 3 classes of 49 to 50; 1 row without a value left out');
    assert.equal(await problem.count(), 0);
    const share = page.locator('[data-field="data.path"] input');
    await share.fill('none.csv');
    await share.press('Enter');
    await page.locator('[data-problem="data.path"]').filter({ hasText: 'there is no such file' }).waitFor();
  });

  it('are read again where their file changes on disk', async () => {
    ({ window, page } = await openTraining({ 'iris.csv': iris.replace('5.1,3.5', ',3.5') }));
    await page.getByTestId('own-file').click();
    await window.openFile('iris.csv');
    await page.locator('[data-problem="data.missing"]').waitFor();
    fs.writeFileSync(path.join(window.dir, 'iris.csv'), iris);
    await says(page, '150 rows, 4 features, 3 classes of 50');
    assert.equal(await page.locator('[data-problem]').count(), 0);
    fs.writeFileSync(path.join(window.dir, 'new.csv'), iris.split('\n').slice(0, 101).join('\n'));
    fs.renameSync(path.join(window.dir, 'new.csv'), path.join(window.dir, 'iris.csv'));
    await says(page, '100 rows, 4 features, 2 classes of 50');
  });

  it('of pictures are thumbnails', async () => {
    ({ window, page } = await openTraining({ 'digits.csv': digits }));
    const idx = (magic: number, shape: number[], values: number[]) => {
      const header = Buffer.alloc(4 + 4 * shape.length);
      [magic, ...shape].forEach((value, i) => header.writeUInt32BE(value, 4 * i));
      return Buffer.concat([header, Buffer.from(values)]);
    };
    const count = 30;
    const pixels = Array.from({ length: count * 25 }, (_, i) => (i * 37) % 256);
    fs.writeFileSync(path.join(window.dir, 'train-images-idx3-ubyte'), idx(0x803, [count, 5, 5], pixels));
    fs.writeFileSync(
      path.join(window.dir, 'train-labels-idx1-ubyte'),
      idx(
        0x801,
        [count],
        Array.from({ length: count }, (_, i) => i % 3),
      ),
    );
    await page.getByTestId('browse').click();
    await window.openFile('train-images-idx3-ubyte');
    await says(page, '30 rows, 25 features, 3 classes of 10');
    assert.equal(await page.getByTestId('data-images').locator('canvas').count(), 24);
    await page.getByTestId('browse').click();
    await window.openFile('digits.csv');
    await says(page, '64 features, 10 classes');
    assert.equal(await page.getByTestId('data-images').locator('canvas').count(), 80);
    const drawn = await page
      .getByRole('img', { name: 'Picture 1 of class 0' })
      .evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return [canvas.width, canvas.height, data.filter((_, i) => i % 4 === 3).some((alpha) => alpha > 0)];
      });
    assert.deepEqual(drawn, [8, 8, true]);
  });

  it('of a file without a header have columns by their numbers, to choose from, and lose no row', async () => {
    ({ window, page } = await openTraining({ 'iris.data.csv': iris.replace(/^[^\n]*\n/, '') }));
    await page.getByTestId('browse').click();
    await window.openFile('iris.data.csv');
    await says(page, '150 rows, 4 features, 3 classes of 50');
    assert.equal(dataOf(window).label, 'column 5');
    const first = page.getByTestId('first-rows').locator('thead');
    assert.match(await first.innerText(), /column 5\s+column 1/);
    await page.getByTestId('label-column').selectOption('column 4');
    await says(page, '150 rows, 6 features, column 4 from 0.1 to 2.5');
  });

  it('are arrays of NumPy: of one file of both, and of two whose other half is found by its name', async () => {
    ({ window, page } = await openTraining({}));
    const pixels = Uint8Array.from({ length: 30 * 25 }, (_, i) => (i * 37) % 256);
    const images = npyFile('|u1', '30, 5, 5', pixels);
    const classes = npyFile('|u1', '30,', Uint8Array.from({ length: 30 }, (_, i) => i % 3)); // prettier-ignore
    const write = (name: string, bytes: Uint8Array) => fs.writeFileSync(path.join(window.dir, name), bytes);
    write('digits.npz', zipSync({ 'images.npy': images, 'labels.npy': classes }));
    write('X_rows.npy', images);
    write('y_rows.npy', npyFile('<f8', '30,', doubles(Array.from({ length: 30 }, (_, i) => i / 7)))); // prettier-ignore
    await page.getByTestId('browse').click();
    await window.openFile('digits.npz');
    await says(page, '30 rows, 25 features, 3 classes of 10: 24 rows to train on, 6 to test on.');
    assert.equal(await page.getByTestId('data-images').locator('canvas').count(), 24);
    const { id, x, y, task } = dataOf(window);
    assert.deepEqual({ id, x, y, task }, { id: 'numpy', x: 'digits.npz', y: 'digits.npz', task: 'classification' });

    await drop(page, { 'text/uri-list': `file://${path.join(window.dir, 'X_rows.npy')}` });
    await says(page, '30 rows, 25 features, y from 0 to 4.143');
    assert.deepEqual([dataOf(window).y, dataOf(window).task], ['y_rows.npy', 'regression']);

    await page.locator('[data-field="data.task"] select').selectOption('classification');
    const problem = page.locator('[data-problem="data.task"]');
    await problem.filter({ hasText: 'y: row 1 (counted from 0) is 0.142857' }).waitFor();
    assert.deepEqual(window.errors, []);
  });

  it('are those of a file that is dropped from the explorer, on whichever tab', async () => {
    ({ window, page } = await openTraining({ 'sub/iris.csv': iris }));
    await page.getByRole('tab', { name: 'Schedules' }).click();
    const address = (file: string) => `file://${path.join(window.dir, file)}`;
    await drop(page, { 'application/vnd.code.uri-list': `${address('sub/iris.csv')}\r\n${address('other.csv')}` });
    await says(page, '150 rows, 4 features, 3 classes of 50');
    assert.deepEqual([dataOf(window).path, dataOf(window).label], ['sub/iris.csv', 'species']);
    assert.deepEqual(window.messages, []);

    fs.writeFileSync(path.join(window.dir, '../outside.csv'), iris);
    await drop(page, { 'text/uri-list': address('../outside.csv') });
    await window.pick('Allow', 'message');
    await eventually('the path is in the document', () => String(dataOf(window).path).endsWith('outside.csv'));
    await says(page, '150 rows');
  });

  it('are those of a file that is dropped from elsewhere, once it is saved', async () => {
    ({ window, page } = await openTraining({ 'iris.csv': iris }));
    await drop(page, {}, { 'iris.csv': iris });
    await says(page, '150 rows, 4 features');
    assert.equal(dataOf(window).path, 'iris.csv');

    await drop(page, {}, { 'short.csv': 'a,y\n1,p\n2,q\n3,p\n4,q\n' });
    assert.equal(await window.chooseFile(), path.join(window.dir, 'short.csv'));
    await says(page, '4 rows, 1 feature, 2 classes of 2');
    assert.equal(fs.readFileSync(path.join(window.dir, 'short.csv'), 'utf8'), 'a,y\n1,p\n2,q\n3,p\n4,q\n');
  });

  it('text that is dropped on a field is no file', async () => {
    ({ window, page } = await openTraining({}));
    await drop(page, { 'text/plain': 'words' });
    assert.equal(await page.locator('body.dropping').count(), 0);
    await says(page, '1000 rows, 2 features');
    assert.equal(await page.getByRole('alert').filter({ hasText: /./ }).count(), 0);
  });

  /** What a person does once there is an experiment on a file: trains, and predicts another file. Answers the clicks. */
  async function trainAndPredict(): Promise<number> {
    await page.getByRole('button', { name: 'Train model', exact: true }).click();
    await page.getByTestId('run-state').filter({ hasText: 'done' }).waitFor({ timeout: 60_000 });
    await page.getByTestId('predict').click();
    await window.openFile('new.csv');
    assert.equal(await window.chooseFile(), path.join(window.dir, 'new.predicted.csv'));
    await eventually('the predictions are open', () => window.textEditor === 'new.predicted.csv');
    const lines = window.activeText.trimEnd().split('\n');
    assert.match(lines[0]!, /petal width \(cm\),species,P\(setosa\),P\(versicolor\),P\(virginica\)$/);
    assert.equal(lines.length, 151);
    assert.match(window.messages.at(-1)!, /^Predicted 150 rows: column species and the probability of each class\./);
    return 4;
  }
  const unlabelled = iris.replace(/,[^,\n]*$/gm, '');

  it('lead from a new experiment to predictions of another file in six clicks, with nothing typed', async () => {
    window = await LabWindow.open({ 'iris.csv': iris, 'new.csv': unlabelled });
    await window.runCommand('NoProp: New Experiment on Data File');
    await window.openFile('iris.csv');
    page = await window.lab();
    await says(page, '150 rows, 4 features, 3 classes of 50');
    assert.equal(2 + (await trainAndPredict()), 6);
  });

  it('lead there in six clicks where the file is dropped on a new experiment', async () => {
    window = await LabWindow.open({ 'iris.csv': iris, 'new.csv': unlabelled });
    await window.runCommand('NoProp: New Experiment');
    page = await window.lab();
    await drop(page, { 'text/uri-list': `file://${path.join(window.dir, 'iris.csv')}` });
    await says(page, '150 rows, 4 features, 3 classes of 50');
    assert.equal(2 + (await trainAndPredict()), 6);
  });

  it('fold away once something is learned, and come back when they are asked for', async () => {
    ({ window, page } = await openTraining({}));
    await page.locator('[data-plot=data]').waitFor();
    const steps = page.locator('[data-field="training.steps"] input');
    await steps.fill('50');
    await steps.press('Enter');
    await page.getByRole('button', { name: 'Train model', exact: true }).click();
    await page.getByTestId('run-state').filter({ hasText: 'done' }).waitFor({ timeout: 60_000 });
    assert.equal(await page.locator('[data-plot=data]').count(), 0);
    await page.getByRole('button', { name: 'Show the data' }).click();
    await page.locator('[data-plot=data]').waitFor();
  });

  it('looks', async () => {
    ({ window, page } = await openTraining({ 'iris.csv': iris, 'digits.csv': digits }));
    for (const file of ['iris.csv', 'digits.csv', undefined]) {
      if (file) {
        await page.getByTestId('own-file').click();
        await window.openFile(file);
        await eventually('the file is read', async () =>
          (await sentence(page).innerText()).includes(file === 'iris.csv' ? '4 features' : '64 features'),
        );
      } else {
        await page.getByTestId('data').selectOption('regression');
        await says(page, '1 feature');
      }
      for (const theme of file === 'iris.csv' ? themes : themes.slice(0, 2)) {
        await window.setTheme(theme);
        await window.screenshot(`data-${file ?? 'wave'}-${theme}`, page);
      }
      await page.setViewportSize(narrow);
      await window.screenshot(`data-${file ?? 'wave'}-narrow`, page);
      await page.setViewportSize({ width: 1232, height: 720 });
    }
  });
});
