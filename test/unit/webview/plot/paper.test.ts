import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import { line } from '../../../../webview/plot/marks/line';
import { paperSvg, type DrawPlot } from '../../../../webview/plot/paper/paperFigure';
import { layOutPaper, type PaperChart, type PaperChoice } from '../../../../webview/plot/paper/paperLayout';
import { paperSpec } from '../../../../webview/plot/paper/paperSpec';
import { PAPER } from '../../../../webview/plot/paper/paperTheme';
import { withDensity } from '../../../../webview/plot/paper/pngDensity';
import type { PlotSpec } from '../../../../webview/plot/spec';
import { strokeOf } from '../../../../webview/plot/strokes';
import { SvgPen } from '../../../../webview/plot/svgPen';
import { textRuns } from '../../../../webview/plot/textRuns';
import { elementsOf, measure } from './drawing';

const FIRST: PaperChoice = { width: 85, height: undefined, letters: 8, columns: undefined, titles: true };

const chartOf = (k: number, rest: Partial<PlotSpec> = {}): PaperChart => ({
  spec: {
    id: `p${k}`,
    title: `Plot ${k}`,
    symbol: 'γ',
    about: `What ${k} shows.`,
    x: { title: 'Time', untitled: true },
    y: { title: 'z', untitled: true },
    marks: ['one', 'two'].map((label) => line({ label, x: [0, 1], y: [0, 1], color: '#ff0000' })),
    ...rest,
  },
  hidden: new Set(),
  zoom: {},
});

const charts = (count: number) => Array.from({ length: count }, (_, k) => chartOf(k));

/** A plot that marks the corners of its place, with a line of one pixel. */
const drawPlot: DrawPlot = (pen, _, width, height) => {
  pen.strokeStyle = '#000000';
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(0, 0);
  pen.lineTo(width, height);
  pen.stroke();
};

const layout = (some: readonly PaperChart[], choice: Partial<PaperChoice> = {}) =>
  layOutPaper(new SvgPen(0, 0, measure), some, { ...FIRST, ...choice });

const svgOf = (some: readonly PaperChart[], choice: Partial<PaperChoice> = {}) =>
  paperSvg(layout(some, choice), drawPlot, measure);

const head = (svg: string) => {
  const [, width, height, wide, high] =
    /^<svg [^>]*width="([\d.]+)mm" height="([\d.]+)mm" viewBox="0 0 ([\d.]+) ([\d.]+)" role="img">/.exec(svg)!;
  return { width: Number(width), height: Number(height), wide: Number(wide), high: Number(high) };
};

describe('a figure on paper', () => {
  for (const [width, letters] of [
    [85, 8],
    [85, 6],
    [178, 7],
    [178, 9],
    [254, 14],
  ] as const)
    it(`is ${width} mm wide, all lengths in points, with letters of ${letters} points and lines of half a point`, () => {
      const svg = svgOf(charts(3), { width, letters });
      const { wide, high, height, ...rest } = head(svg);
      assert.equal(rest.width, width);
      assert.ok(Math.abs(wide - (width * 72) / 25.4) < 0.01, String(wide));
      assert.ok(Math.abs(high - (height * 72) / 25.4) < 0.01, String(high));
      const elements = elementsOf(svg);
      const sizes = elements.flatMap(({ name, attributes }) =>
        name === 'text' ? [Number(attributes['font-size'])] : [],
      );
      assert.ok(sizes.length > 5 && sizes.every((size) => size >= letters), sizes.join());
      assert.equal(Math.min(...sizes), letters);
      const widths = elements.flatMap(({ attributes }) => Number(attributes['stroke-width'] ?? 99));
      assert.ok(Math.min(...widths) >= 0.5, widths.join());
    });

  it('has a title, what it shows, and its words as text in a named font', () => {
    const svg = svgOf(charts(2));
    assert.match(svg, /<title>\(a\) Plot 0: γ; \(b\) Plot 1: γ<\/title><desc>\(a\) What 0 shows\. one from 0 to 1\./);
    const texts = elementsOf(svg).filter(({ name }) => name === 'text');
    assert.deepEqual(
      texts.map(({ text }) => text),
      ['one', 'two', '(a)', 'Plot 0: γ', '(b)', 'Plot 1: γ'],
    );
    for (const { attributes } of texts) assert.match(attributes['font-family']!, /^Arial, Helvetica, /);
    assert.doesNotMatch(svg, /style=|NaN|undefined|dominant-baseline/);
  });

  it('names what charts have in common once, and else each above its own', () => {
    const count = (svg: string) => svg.match(/>one</g)?.length ?? 0;
    assert.equal(count(svgOf(charts(3))), 1);
    const other = chartOf(3, { marks: [...chartOf(3).spec.marks, line({ label: 'three', x: [0], y: [0], color: '#0f0' })] }); // prettier-ignore
    assert.equal(count(svgOf([chartOf(0), other])), 2);
  });

  it('has one chart without a letter, and without a title where none is asked for', () => {
    const words = elementsOf(svgOf(charts(1), { titles: false })).filter(({ name }) => name === 'text');
    assert.deepEqual(
      words.map(({ text }) => text),
      ['one', 'two'],
    );
  });

  it('lays charts out in rows, inside its edges and not over each other', () => {
    for (const [count, columns, width] of [
      [1, undefined, 85],
      [4, undefined, 178],
      [5, 3, 178],
      [3, 1, 85],
    ] as const) {
      const { panels, ...made } = layout(charts(count), { columns, width });
      const boxes = panels.map(({ left, top, plot }) => ({
        left,
        top,
        right: left + plot.width,
        bottom: plot.top + plot.height,
      }));
      boxes.forEach((box, i) => {
        assert.ok(box.left >= 0 && box.top >= 0 && box.right <= made.width && box.bottom <= made.height + 1e-6);
        for (const other of boxes.slice(i + 1))
          assert.ok(box.right <= other.left || box.bottom <= other.top || other.right <= box.left);
      });
    }
    assert.deepEqual([layout(charts(4)).columns, layout(charts(4), { width: 178 }).columns], [1, 2]);
  });

  it('is never too low for its charts', () => {
    const { least, panels, millimetres } = layout(charts(4), { height: 30 });
    assert.ok(least > 100 && millimetres.height === least, String(least));
    for (const { plot } of panels) assert.ok(plot.height >= 100);
  });

  it('has titles at both axes, by their symbols where there is no room', () => {
    const pen = new SvgPen(0, 0, measure);
    const { spec } = chartOf(0, { unit: 'nat', x: { title: 'Time, from noise to data', symbol: 't', untitled: true } });
    const axes = (titled: boolean, width: number, of = spec) => {
      const { x, y } = paperSpec(pen, of, titled, width, 200);
      return [x.title, x.untitled, y.title, y.untitled];
    };
    assert.deepEqual(axes(true, 300), ['Time, from noise to data', false, 'γ (nat)', false]);
    assert.deepEqual(axes(false, 200), ['t', false, 'Plot 0 (nat)', false]);
    // lines named at their ends say what they are
    assert.deepEqual(axes(true, 300, { ...spec, gutter: 100 }), ['t', false, '', true]);
  });

  it('tells its lines apart in grey, by their dashes', () => {
    const dashes = Array.from({ length: 6 }, (_, k) => strokeOf(PAPER, k).dash.join());
    assert.equal(new Set(dashes).size, 6);
  });
});

describe('texts of a saved picture', () => {
  it('have raised and lowered digits that any font has', () => {
    assert.deepEqual(
      textRuns('10⁻³ z₀ᾱ').map(({ text, rise }) => [text, Math.sign(rise)]),
      [
        ['10', 0],
        ['−3', 1],
        [' z', 0],
        ['0', -1],
        ['ᾱ', 0],
      ],
    );
    const pen = new SvgPen(100, 100, measure);
    pen.font = '10px sans-serif';
    pen.textBaseline = 'middle';
    pen.fillText('10⁻³ nat', 0, 50);
    assert.match(
      pen.document('', ''),
      /y="50" dy="3\.5"[^>]*>10<tspan dy="-3\.6" font-size="7\.2">−3<\/tspan><tspan dy="3\.6"> nat<\/tspan><\/text>/,
    );
  });
});

describe('a PNG of 300 dpi', () => {
  it('says so behind its header, and is whole', () => {
    const chunk = (name: string, data: Buffer) =>
      Buffer.concat([Buffer.from([0, 0, 0, data.length]), Buffer.from(name), data, Buffer.alloc(4)]);
    const signature = Buffer.from('89504e470d0a1a0a', 'hex');
    const header = chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0]));
    const rest = Buffer.concat([chunk('IDAT', deflateSync(Buffer.alloc(5))), chunk('IEND', Buffer.alloc(0))]);
    const made = Buffer.from(withDensity(Buffer.concat([signature, header, rest]), 300));
    const at = signature.length + header.length;
    assert.ok(made.subarray(0, at).equals(Buffer.concat([signature, header])));
    // 11811 dots a metre, with its check, as other programs write it
    assert.equal(
      made.subarray(at, at + 21).toString('hex'),
      '00000009' + '70485973' + '00002e2300002e2301' + '78a53f76',
    );
    assert.ok(made.subarray(at + 21).equals(rest));
  });
});
