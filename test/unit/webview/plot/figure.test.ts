import assert from 'node:assert/strict';
import { svgOf, type Figure } from '../../../../webview/plot/figure';
import { line } from '../../../../webview/plot/marks/line';
import type { PlotSpec } from '../../../../webview/plot/spec';
import { elementsOf, measure, theme } from './drawing';

const spec: PlotSpec = {
  id: 'p',
  title: 'A plot',
  symbol: 'γ',
  unit: 'nat',
  about: 'What it shows.',
  x: { title: 'Time', untitled: true },
  y: { title: 'z' },
  marks: ['one', 'two'].map((label) => line({ label, x: [0, 1], y: [0, 1], color: '#ff0000', marker: 'square' })),
  problem: 'Which problem made it, with seed 0 and some words more than fit a line.',
};

const figure = (rest: Partial<PlotSpec> = {}, width = 300, hidden: readonly string[] = []): Figure => ({
  plot: { size: { width, height: 100 }, draw: (pen) => pen.fillRect(0, 0, width, 100) },
  spec: { ...spec, ...rest },
  theme,
  hidden: new Set(hidden),
});

const texts = (of: Figure) =>
  elementsOf(svgOf(of, measure))
    .filter(({ name }) => name === 'text')
    .map(({ text }) => text);

describe('a saved figure', () => {
  it('has its title, its legend, what made it in lines that fit, and the title of an axis that shows none', () => {
    assert.deepEqual(texts(figure()), [
      'A plot: γ (nat)',
      'one',
      'two',
      'Which problem made it, with seed 0 and some',
      'words more than fit a line.',
      'Time',
    ]);
  });

  it('tells its title and what it shows to readers of SVG', () => {
    assert.match(
      svgOf(figure(), measure),
      /<title>A plot: γ \(nat\)<\/title><desc>What it shows\. one from 0 to 1\. two from 0 to 1\. Which problem/,
    );
  });

  it('leaves the symbol out where it does not fit, and then takes lines', () => {
    assert.equal(texts(figure({ title: 'A title of some length' }, 200))[0], 'A title of some length (nat)');
    assert.deepEqual(texts(figure({ title: 'A title of some length that goes on' }, 200)).slice(0, 2), [
      'A title of some length that',
      'goes on (nat)',
    ]);
  });

  it('names what is shown, where it is more than one thing', () => {
    assert.deepEqual(texts(figure({}, 300, ['one'])).slice(0, 2), ['A plot: γ (nat)', 'Which problem made it, with seed 0 and some']); // prettier-ignore
    assert.equal(texts(figure({ legend: 'tab' }, 300, ['one']))[1], 'two');
  });

  it('puts the plot below them, and is as high as all of it', () => {
    const [background, plot] = elementsOf(svgOf(figure(), measure)).filter(({ name }) => name === 'rect');
    assert.equal(plot!.attributes.y, String(12 + 2 * 18 + 4));
    assert.equal(background!.attributes.height, String(12 + 2 * 18 + 4 + 100 + 18 + 2 * 18 + 6));
  });
});
