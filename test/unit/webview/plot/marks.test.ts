import assert from 'node:assert/strict';
import { band } from '../../../../webview/plot/marks/band';
import { bars } from '../../../../webview/plot/marks/bars';
import { cells } from '../../../../webview/plot/marks/cells';
import { exits } from '../../../../webview/plot/marks/exits';
import { field } from '../../../../webview/plot/marks/field';
import { intervals } from '../../../../webview/plot/marks/intervals';
import { line } from '../../../../webview/plot/marks/line';
import { lineNames } from '../../../../webview/plot/marks/lineNames';
import { points } from '../../../../webview/plot/marks/points';
import { rule } from '../../../../webview/plot/marks/rule';
import { shadeOutside } from '../../../../webview/plot/marks/shade';
import { drawn, frameOver } from './drawing';

const frame = frameOver([0, 10], [0, 1]);
const all = { log: false, shown: undefined };
const titles = { x: 't', y: 'z' };
const paths = (elements: ReturnType<typeof drawn>) => elements.map(({ attributes }) => attributes.d);

describe('a line', () => {
  const one = line({ label: 'one', x: [0, 5, 10], y: [0, 0.5, 0], color: '#ff0000', dash: [6, 3], width: 2 });

  it('is a path in its colour, dash and width', () => {
    assert.deepEqual(drawn(frame, one)[0]!.attributes, {
      d: 'M10 110L60 60L110 110',
      fill: 'none',
      stroke: '#ff0000',
      'stroke-width': '2',
      'stroke-linejoin': 'round',
      'stroke-dasharray': '6 3',
    });
  });

  it('leaves out points that lie on the way', () => {
    const x = Array.from({ length: 1001 }, (_, i) => i / 100);
    assert.deepEqual(paths(drawn(frame, line({ label: '', x, y: x.map((t) => t / 10), color: '#000' }))), [
      'M10 110L110 10',
    ]);
    const circle = x.map((t) => [Math.cos(t / 2), Math.sin(t / 2)] as const);
    const round = line({
      label: '',
      x: circle.map(([at]) => 5 + 5 * at),
      y: circle.map(([, at]) => (1 + at) / 2),
      color: '#000',
    });
    const kept = drawn(frame, round)[0]!.attributes.d!.match(/L/g)!.length;
    assert.ok(kept > 20 && kept < 200, String(kept));
  });

  it('breaks where it is not a number, and goes no further than one point beyond the plot', () => {
    const broken = line({ label: '', x: [0, 1, 2, 3, 4], y: [0, 1, NaN, 1, 0], color: '#000' });
    assert.deepEqual(paths(drawn(frame, broken)), ['M10 110L20 10M40 10L50 110']);
    const wide = line({ label: '', x: [-20, -10, 5, 20, 30], y: [1, 0, 1, 0, 1], color: '#000' });
    assert.deepEqual(paths(drawn(frame, wide)), ['M-90 110L60 10L210 110']);
  });

  it('covers what is shown; poles are cut where they would squash the rest', () => {
    assert.deepEqual(one.extent!('x', all), [0, 10]);
    assert.deepEqual(one.extent!('y', all), [0, 0.5]);
    assert.deepEqual(one.extent!('y', { log: false, shown: [4, 6] }), [0.5, 0.5]);
    assert.deepEqual(one.extent!('y', { log: true, shown: undefined }), [Math.log10(0.5), Math.log10(0.5)]);
    const x = Array.from({ length: 201 }, (_, i) => i / 20);
    const pole = line({ label: '', x, y: x.map((t) => (t ? 1 / t : Infinity)), color: '#000', bulk: [0, 10] });
    const [low, high] = pole.extent!('y', all)!;
    assert.ok(low === 0.1 && high > 1 && high < 3, String([low, high]));
  });

  it('is read between its points, and at them where they were measured', () => {
    const at = one.at!(2.5);
    assert.deepEqual(
      at.readings.map(({ key, text }) => [key, text]),
      [['one', '0.25']],
    );
    assert.deepEqual(at.dots, [{ x: 2.5, y: 0.25, color: '#ff0000' }]);
    const measured = line({ label: 'm', x: [0, 5, 10], y: [0, 0.5, 0], color: '#000', marker: 'circle' });
    assert.deepEqual(measured.at!(6).dots, [{ x: 5, y: 0.5, color: '#000' }]);
    assert.deepEqual([one.at!(11).dots, one.at!(11).readings[0]!.text], [[], '–']);
  });

  it('says what it is in legend, summary and numbers; a guide for the eye says nothing', () => {
    assert.deepEqual(one.legend, {
      key: 'one',
      label: 'one',
      color: '#ff0000',
      dash: [6, 3],
      marker: undefined,
      line: true,
    });
    assert.equal(one.summary!(), 'one from 0 to 0.');
    assert.deepEqual(one.numbers!(titles).names, ['t one', 'z one']);
    const guide = line({ label: 'g', x: [0, 1], y: [0, 1], color: '#000', guide: true });
    assert.deepEqual([guide.summary!(), guide.at!(0.5)], ['', { dots: [], readings: [] }]);
    assert.equal('numbers' in guide, false);
  });
});

describe('other marks', () => {
  it('points: a marker each, read where the pointer is near', () => {
    const cloud = points({ label: 'c', x: [1, 9, 30], y: [0.5, 0.5, 0.5], color: '#00f', marker: 'square' });
    assert.deepEqual(paths(drawn(frame, cloud)), ['M16 56L24 56L24 64L16 64Z', 'M96 56L104 56L104 64L96 64Z']);
    assert.equal(cloud.near!(95, 62, frame)!.reading.text, '9, 0.5');
    assert.equal(cloud.near!(60, 60, frame), undefined);
  });

  it('a band fills between two curves', () => {
    const between = band({ x: [0, 10], low: [0, 0], high: [1, 0.5], color: '#ff0000', opacity: 0.2 });
    const [area] = drawn(frame, between);
    assert.equal(area!.attributes.d, 'M10 110L110 110L110 60L10 10Z');
    assert.equal(area!.attributes['fill-opacity'], '0.2');
    assert.deepEqual(between.extent!('y', all), [0, 1]);
  });

  it('cells: a rectangle each, with its text, read under the pointer', () => {
    const grid = cells({
      x: [0, 5, 10],
      y: [0, 1],
      fill: (column) => (column ? '#ff0000' : undefined),
      text: () => '7',
      read: (column, row) => ({ label: `${column} ${row}`, text: '7 rows' }),
    });
    const [cell, text, ...rest] = drawn(frame, grid);
    assert.deepEqual(rest, []);
    assert.deepEqual([cell!.attributes.x, cell!.attributes.y, cell!.attributes.width, cell!.attributes.height], ['60', '10', '50', '100']); // prettier-ignore
    assert.equal(text!.text, '7');
    const hit = grid.near!(80, 50, frame)!;
    assert.deepEqual([hit.reading.label, hit.reading.text, hit.cell], ['1 0', '7 rows', { x: [5, 10], y: [0, 1] }]);
    assert.equal(grid.near!(20, 50, frame), undefined, 'an empty cell');
  });

  it('bars stand on 0 and are read over their width', () => {
    const two = bars({ key: 'b', label: 'b', x: [0, 5, 10], y: [0.5, NaN], color: '#00f', read: (i) => `bar ${i}` });
    assert.deepEqual(
      drawn(frame, two).map(({ attributes: { y, height } }) => [y, height]),
      [['60', '50']],
    );
    assert.equal(two.at!(3).readings[0]!.text, 'bar 0');
    assert.equal(two.at!(7).readings[0]!.text, '–');
    assert.deepEqual(two.extent!('y', all), [0, 0.5]);
  });

  it('a rule crosses the plot, and counts for the ends of its axis', () => {
    assert.deepEqual(paths(drawn(frame, rule({ x: 5, color: '#000' }))), ['M60.5 10L60.5 110']);
    assert.deepEqual(paths(drawn(frame, rule({ y: 0.5, color: '#000' }))), ['M10 60.5L110 60.5']);
    assert.deepEqual(rule({ y: 0.5, color: '#000' }).extent!('y', all), [0.5, 0.5]);
    assert.equal(rule({ y: 0.5, color: '#000' }).extent!('x', all), undefined);
  });

  it('intervals have ends, and none where there is no number', () => {
    const one = intervals({ x: [5, 6], low: [0.25, NaN], high: [0.75, NaN], color: '#000' });
    assert.deepEqual(paths(drawn(frame, one)), ['M56 85L64 85', 'M56 35L64 35', 'M60 85L60 35']);
  });

  it('what lies outside the window is shaded, at least a hair, and not where the axis ends', () => {
    const strips = (inside: [number, number]) =>
      drawn(frame, shadeOutside(inside, [0, 10])).map(({ attributes: { x, width } }) => [x, width]);
    assert.deepEqual(strips([2, 9]), [['10', '20'], ['100', '10']]); // prettier-ignore
    assert.deepEqual(strips([0.001, 10]), [['10', '2']]);
    assert.deepEqual(strips([0, 10]), []);
  });

  it('an arrow stands where a line leaves the plot', () => {
    const steep = line({ label: '', x: [0, 10], y: [0, 2], color: '#00f' });
    assert.deepEqual(paths(drawn(frame, exits([steep]))), ['M60 10L56.5 16L63.5 16']);
  });

  it('lines are named on themselves', () => {
    const flat = line({ label: '', x: [0, 10], y: [0.5, 0.5], color: '#00f' });
    const [halo, name] = drawn(frame, lineNames([{ line: flat, name: 'γ' }]));
    assert.equal(halo!.attributes.fill, 'none');
    assert.deepEqual([name!.text, name!.attributes.x, name!.attributes.y], ['γ', '14', '53']);
  });

  it('a field is short strokes along its slope, where it is known', () => {
    const slopes = field({ inside: [0, 5], slope: () => 0 });
    const strokes = drawn(frame, slopes)[0]!.attributes.d!.match(/M[^M]*/g)!;
    assert.equal(strokes.length, 6); // of three columns of three the last is beyond
    for (const stroke of strokes) {
      const [, x0, y0, x1, y1] = /M(\S+) (\S+)L(\S+) (\S+)/.exec(stroke)!.map(Number);
      assert.equal(x1! - x0!, 12);
      assert.equal(y0, y1);
    }
  });
});
