import assert from 'node:assert/strict';
import { axisEnds, placeText, snapped, ticksOf } from '../../../../webview/plot/axis';
import { line } from '../../../../webview/plot/marks/line';
import { powerTicks, roundTicks, tickTexts } from '../../../../webview/plot/ticks';

describe('ticks of an axis', () => {
  it('are round, within the ends, and few', () => {
    assert.deepEqual(roundTicks(0, 1, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
    assert.deepEqual(roundTicks(-11, 11, 5), [-10, -5, 0, 5, 10]);
    assert.deepEqual(powerTicks(-3.2, 6.4, 5), [-2, 0, 2, 4, 6]);
  });

  it('stay numbers within one decade, and where there is no span', () => {
    assert.ok(powerTicks(0.1, 0.6, 5).length >= 2);
    assert.deepEqual(tickTexts(powerTicks(-0.7, 0.95, 5), true), ['0.2', '0.5', '1', '2', '5']);
    assert.deepEqual(roundTicks(3, 3, 5), [3]);
  });

  it('write powers of ten alike', () => {
    assert.deepEqual(tickTexts([-2, 0, 3, 6], true), ['10⁻²', '1', '10³', '10⁶']);
    assert.deepEqual(tickTexts([-1, 0, Math.log10(20), 3], true), ['0.1', '1', '20', '1000']);
    assert.deepEqual(tickTexts([0, 5e5, 1e6], false), ['0', '5·10⁵', '10⁶']);
    assert.deepEqual(tickTexts([-50000, 0, 1e5], false), ['−50000', '0', '100000']);
  });

  const texts = (...of: Parameters<typeof ticksOf>) => ticksOf(...of).map(({ value, text }) => [value, text]);

  it('are the names of an axis, in the middle of each, and those in view alone', () => {
    const axis = { title: '', names: ['a', 'a name that is long', 'c'] };
    assert.deepEqual(texts(axis, 0, 3), [[0.5, 'a'], [1.5, 'a name that is …'], [2.5, 'c']]); // prettier-ignore
    assert.deepEqual(texts(axis, 1, 2), [[1.5, 'a name that is …']]);
  });

  it('stand at given values, written out', () => {
    assert.deepEqual(texts({ title: '', log: true, ticks: [1, 4, 16] }, 0, 1.3), [[0, '1'], [Math.log10(4), '4'], [Math.log10(16), '16']]); // prettier-ignore
  });

  it('leave out what no value can be', () => {
    assert.equal(ticksOf({ title: '', most: 1 }, 0, 1.2).at(-1)!.value, 1);
  });
});

describe('ends of an axis', () => {
  const x = { title: 't' };
  const marks = (y: number[]) => [line({ label: '', x: y.map((_, i) => i), y, color: '#000' })];
  const ends = (y: number[], axis: object = {}, shown?: readonly [number, number]) =>
    axisEnds({ title: '', ...axis }, 'y', marks(y), x, shown).map((end) => Number(end.toPrecision(6)));

  it('hold the data with a little room, up to a whole step', () => {
    assert.deepEqual(ends([0, 1, 2]), [-0.1, 2.1]);
    assert.deepEqual(ends([1, 10, 100], { log: true }), [-0.1, 2.1]);
    assert.deepEqual(ends([0, NaN, Infinity, 2]), [-0.1, 2.1]);
    assert.deepEqual(ends([-1e308, 1e308]), [-1e308, 1e308]);
  });

  it('stay while a value is dragged a little', () => {
    assert.deepEqual(ends([0, 1, 2.01]), ends([0, 1, 2]));
    assert.notDeepEqual(ends([0, 1, 2.1]), ends([0, 1, 2]));
  });

  it('give a constant a band of its own, and nothing an axis from 0 to 1', () => {
    assert.deepEqual(ends([4, 4]), [2, 6]);
    assert.deepEqual(ends([0, 0]), [-0.5, 0.5]);
    assert.deepEqual(ends([]), [0, 1]);
  });

  it('end at the largest value there can be', () => {
    assert.deepEqual(ends([1, 1], { most: 1 }), [0.5, 1]);
    assert.deepEqual(ends([0, 1], { most: 1 }), [-0.05, 1]);
    assert.deepEqual(ends([0, 0.5], { most: 1 }), [-0.02, 0.52]);
  });

  it('are those that are given while all is shown; of two both are let go in a part', () => {
    assert.deepEqual(ends([0.2, 0.4], { min: 0, max: 1 }), [0, 1]);
    assert.deepEqual(ends([0.2, 0.4], { min: 0, max: 1 }, [0, 1]), [0.19, 0.41]);
    assert.deepEqual(ends([0.2, 0.4], { min: 0 }, [0, 1]), [0, 0.42]);
    assert.deepEqual(ends([0.2, 0.4], { range: [1, 100], log: true }), [0, 2]);
    assert.deepEqual(ends([0, 1, 2, 3], {}, [1, 2]), [0.95, 2.05]);
  });
});

describe('a place on an axis', () => {
  it('is told as its name, its value, or in the words of the axis', () => {
    assert.equal(placeText({ title: '', names: ['a', 'b'] }, 1.2), 'b');
    assert.equal(placeText({ title: '', log: true }, 2), '100');
    assert.equal(placeText({ title: '', powers: true }, 2), '100');
    assert.equal(placeText({ title: '', text: (value) => `${value} s` }, 2), '2 s');
  });

  it('of names is their middle', () => {
    assert.equal(snapped({ title: '', names: ['a', 'b'] }, 1.2), 1.5);
    assert.equal(snapped({ title: '', names: ['a', 'b'] }, 2), 1.5);
    assert.equal(snapped({ title: '' }, 1.2), 1.2);
  });
});
