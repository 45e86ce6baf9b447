import assert from 'node:assert/strict';
import { spreadRows } from '../../../../webview/plot/marks/lineEnds';
import { newExperiment } from '../../../../src/core/experiment/experiment';
import { Gestures, type Box, type Target } from '../../../../webview/plot/gestures';
import { cells } from '../../../../webview/plot/marks/cells';
import { line } from '../../../../webview/plot/marks/line';
import { points } from '../../../../webview/plot/marks/points';
import { numbersText } from '../../../../webview/plot/numbers';
import { atValue, nearPoint, type Position } from '../../../../webview/plot/reading';
import { legendOf, numbersOf, summaryOf, visibleMarks, type PlotSpec } from '../../../../webview/plot/spec';
import { toggled } from '../../../../webview/plot/view';
import { schedulePlotRows } from '../../../../webview/tabs/schedules/plots/catalogue';
import { ScheduleLineCache } from '../../../../webview/tabs/schedules/plots/scheduleLines';
import { scheduleSpec } from '../../../../webview/tabs/schedules/plots/scheduleSpecs';
import { drawn, frameOver, theme } from './drawing';

const NONE: ReadonlySet<string> = new Set();

const spec = (marks: PlotSpec['marks'], rest: Partial<PlotSpec> = {}): PlotSpec => ({
  id: 'p',
  title: 'Plot',
  x: { title: 't' },
  y: { title: 'z' },
  marks,
  ...rest,
});

describe('what a plot says', () => {
  const up = line({ label: 'up', x: [0, 1], y: [0, 1], color: '#000' });
  const down = line({ label: 'down', x: [0, 1], y: [1, 0], color: '#000' });
  const one = spec([up, down, line({ label: 'up', x: [0, 1], y: [0, 3], color: '#000' })]);

  it('a legend has one entry a key; what is hidden is left out of all it says', () => {
    assert.deepEqual(
      legendOf(one).map(({ key }) => key),
      ['up', 'down'],
    );
    const hidden = new Set(['up']);
    assert.deepEqual(visibleMarks(one, hidden), [down]);
    assert.equal(summaryOf(one, hidden), 'down from 1 to 0.');
    assert.deepEqual(numbersOf(one, hidden), { names: ['t down', 'z down'], columns: [Float64Array.of(0, 1), Float64Array.of(1, 0)] }); // prettier-ignore
  });

  it('several lines of one key are read as one: both values, or from the least to the greatest', () => {
    const texts = (marks: PlotSpec['marks']) => atValue(spec(marks), marks, 1).readings.map(({ text }) => text);
    assert.deepEqual(texts(one.marks), ['1 · 3', '0']);
    const many = [-2e-7, 5, 3].map((end) => line({ label: 'm', x: [0, 1], y: [0, end], color: '#000' }));
    assert.deepEqual(texts(many), ['−2·10⁻⁷ to 5']);
  });

  it('a point of the plane is read by what is nearest, or the cell under it', () => {
    const frame = frameOver([0, 10], [0, 10]);
    const cloud = points({ label: 'c', x: [2, 4], y: [2, 4], color: '#000', marker: 'dot' });
    const near = (marks: PlotSpec['marks'], at: Position) => nearPoint(spec(marks), marks, at, frame).readings.map(({ text }) => text); // prettier-ignore
    assert.deepEqual(near([cloud], { x: 3.8, y: 4.1 }), ['4, 4']);
    assert.deepEqual(near([cloud], { x: 9, y: 9 }), []);
    const cell = cells({ x: [0, 10], y: [0, 10], fill: () => '#000', read: () => ({ label: 'l', text: 'cell' }) });
    assert.deepEqual(near([cell], { x: 9, y: 9 }), ['cell']);
  });

  it('numbers are written with full precision, names quoted where they must be', () => {
    const numbers = { names: ['t', 'a, b'], columns: [Float64Array.of(0.1), Float64Array.of(1 / 3)] };
    assert.equal(numbersText(numbers, ','), 't,"a, b"\n0.1,0.3333333333333333\n');
    assert.equal(numbersText(numbers, '\t'), 't\ta, b\n0.1\t0.3333333333333333\n');
  });

  it('a click in a legend hides or shows; Alt and a click shows alone, and then all', () => {
    const all = ['a', 'b', 'c'];
    const hidden = toggled(NONE, all, 'a', false);
    assert.deepEqual([...hidden], ['a']);
    assert.deepEqual([...toggled(hidden, all, 'a', false)], []);
    const alone = toggled(hidden, all, 'b', true);
    assert.deepEqual([...alone], ['a', 'c']);
    assert.deepEqual([...toggled(alone, all, 'b', true)], []);
  });
});

describe('a plot of schedules', () => {
  const experiment = newExperiment();
  const cache = new ScheduleLineCache();
  const lines = cache.build(experiment, new Set(), theme, 't');
  const row = schedulePlotRows.find(({ id }) => id === 'alphaBar')!;
  const alphaBar = scheduleSpec(row, lines, lines.lines[0]);

  it('is a plot like any other: read at the cursor, with numbers and a summary', () => {
    const { readings, dots } = atValue(alphaBar, alphaBar.marks, 0.5);
    assert.deepEqual(readings.map(({ key, text }) => [key, text]), [['0', '0.5'], ['1', '0.4938']]); // prettier-ignore
    assert.deepEqual(
      dots.map(({ x }) => x),
      [0.5, 0.5],
    );
    assert.match(summaryOf(alphaBar, NONE), /Linear log-SNR from 0\.006693 to 0\.9933\./);
    const { names, columns } = numbersOf(alphaBar, NONE);
    assert.equal(names[0], 't');
    assert.deepEqual([columns[0]!.length, alphaBar.table!().columns[0]!.length], [1001, 51]);
    assert.deepEqual(
      legendOf(alphaBar).map(({ label }) => label),
      ['Linear log-SNR', 'Cosine'],
    );
  });

  it('keeps the marks of schedules that a drag does not move', () => {
    const schedules = experiment.schedules.map((entry, i) => (i ? entry : { ...entry, params: { ...entry.params, gammaMax: 6 } })); // prettier-ignore
    const moved = scheduleSpec(row, cache.build({ ...experiment, schedules }, new Set(), theme, 't'), undefined);
    const keys = (of: PlotSpec, key: string) => of.marks.filter((mark) => mark.key === key && 'draw' in mark);
    assert.deepEqual(keys(moved, '1'), keys(alphaBar, '1'));
    assert.equal(keys(moved, '1')[0], keys(alphaBar, '1')[0]);
    assert.notEqual(keys(moved, '0')[0], keys(alphaBar, '0')[0]);
  });

  it('draws the first schedule on top, and its curves as thin as they can be', () => {
    const paths = drawn(frameOver([0, 1], [0, 1]), ...alphaBar.marks).filter(({ attributes }) => attributes.fill === 'none'); // prettier-ignore
    assert.deepEqual(
      paths.map(({ attributes }) => attributes.stroke),
      ['#ff0000', '#0000ff'],
    );
    for (const { attributes } of paths) assert.ok(attributes.d!.length < 1500, String(attributes.d!.length));
  });
});

describe('names at the ends of lines', () => {
  it('have a row each, in the order of the ends, and stay inside', () => {
    assert.deepEqual(spreadRows([10, 10, 12], 29, 4, 300), [10, 39, 68]);
    assert.deepEqual(spreadRows([290, 295, 20], 29, 4, 300), [271, 300, 20]);
    assert.deepEqual(spreadRows([200, 20], 29, 4, 300), [200, 20]);
  });
});

describe('gestures', () => {
  /** A plot over x from 0 to 10 and, where it is a plane, y from 0 to 1; a pixel is a place. */
  function plotOf(plane: boolean) {
    const full: Box = plane ? { x: [0, 10], y: [0, 1] } : { x: [0, 10] };
    const log: { zoom: (Box | undefined)[]; brush: (Box | undefined)[]; spoken: number } = {
      zoom: [],
      brush: [],
      spoken: 0,
    };
    let position: Position = plane ? { x: 5, y: 0.5 } : { x: 5 };
    const target: Target = {
      placeAt: ({ clientX, clientY }) => ({ x: clientX, y: clientY }),
      shown: () => full,
      full: () => full,
      step: () => ({}),
      position: () => position,
      moveTo: (next) => {
        position = next;
      },
      zoom: (box) => log.zoom.push(box),
      brush: (box) => log.brush.push(box),
      speak: () => log.spoken++,
    };
    return { gestures: new Gestures(target), log, at: () => position };
  }
  const event = (rest: object) => ({ preventDefault: () => undefined, currentTarget: { setPointerCapture: () => undefined }, ...rest }) as never; // prettier-ignore
  const key = (name: string, rest: object = {}) => event({ key: name, ...rest });

  it('a pointer moves the cursor, and a mouse that rests does not', () => {
    const { gestures, at } = plotOf(false);
    gestures.move(event({ pointerType: 'mouse', movementX: 1, movementY: 0, clientX: 7, clientY: 0.2 }));
    assert.deepEqual(at(), { x: 7 });
    gestures.move(event({ pointerType: 'mouse', movementX: 0, movementY: 0, clientX: 2, clientY: 0.2 }));
    assert.deepEqual(at(), { x: 7 });
  });

  it('Shift and a drag choose a part: of x, or of the plane', () => {
    for (const plane of [false, true]) {
      const { gestures, log } = plotOf(plane);
      gestures.press(event({ shiftKey: true, button: 0, clientX: 8, clientY: 0.75 }));
      gestures.move(event({ pointerType: 'touch', clientX: 2, clientY: 0.25 }));
      gestures.release();
      const part = plane ? { x: [2, 8], y: [0.25, 0.75] } : { x: [2, 8], y: undefined };
      assert.deepEqual(log.zoom, [part]);
      assert.equal(log.brush.length, 2);
      assert.equal(log.brush[1], undefined);
    }
  });

  it('Ctrl and the wheel, + and - zoom about the cursor; 0 and a double click show all', () => {
    const { gestures, log } = plotOf(false);
    gestures.keys(key('+'));
    assert.deepEqual(log.zoom, [{ x: [1, 9], y: undefined }]);
    gestures.keys(key('-'));
    gestures.keys(key('0'));
    gestures.reset();
    assert.deepEqual(log.zoom.slice(1), [undefined, undefined, undefined]);
    gestures.wheel(event({ ctrlKey: false, deltaY: -100, clientX: 0, clientY: 0 }));
    assert.equal(log.zoom.length, 4, 'without Ctrl the page scrolls');
    gestures.wheel(event({ ctrlKey: true, deltaY: -100, clientX: 0, clientY: 0 }));
    assert.ok(log.zoom[4]!.x[0] === 0 && log.zoom[4]!.x[1] < 10);
  });

  it('arrow keys move it in whole steps and come back where they began, and what is there is told', () => {
    const { gestures, at, log } = plotOf(false);
    for (let i = 0; i < 7; i++) gestures.keys(key('ArrowRight', { shiftKey: true }));
    for (let i = 0; i < 7; i++) gestures.keys(key('ArrowLeft', { shiftKey: true }));
    assert.deepEqual(at(), { x: 5 });
    gestures.keys(key('End'));
    gestures.keys(key('ArrowRight'));
    assert.deepEqual([at(), log.spoken], [{ x: 10 }, 16]);
    gestures.keys(key('ArrowUp'));
    assert.deepEqual([at(), log.spoken], [{ x: 10 }, 16], 'there is no way up');
    gestures.keys(key('Home', { ctrlKey: true }));
    assert.deepEqual(at(), { x: 10 });
  });

  it('on a plane the keys go four ways', () => {
    const { gestures, at } = plotOf(true);
    gestures.keys(key('ArrowUp'));
    gestures.keys(key('ArrowRight'));
    assert.deepEqual(at(), { x: 5.2, y: 0.52 });
  });
});
