import assert from 'node:assert/strict';
import { readExperiment } from '../../src/core/document';
import { newExperiment } from '../../src/core/experiment';
import { Drafts, parseNumber } from '../../webview/drafts';
import { powerTicks, roundTicks, tickText } from '../../webview/charts/ticks';

describe('values being edited in the page', () => {
  const experiment = readExperiment(JSON.stringify(newExperiment()), 'new.noprop.json');
  const entry = experiment.schedules[0]!;

  it('reads numbers as they are typed', () => {
    for (const [text, value] of [
      ['1.5', 1.5],
      ['1,5', 1.5],
      ['−2', -2],
      ['1e-3', 1e-3],
    ] as const)
      assert.equal(parseNumber(text), value);
    for (const text of ['', ' ', 'abc', '1.2.3']) assert.ok(Number.isNaN(parseNumber(text)), text);
  });

  it('previews what is allowed, and keeps the last valid picture of what is not', () => {
    const drafts = new Drafts();
    drafts.set(0, 'gammaMax', '7');
    assert.equal(drafts.over(experiment).schedules[0]!.params.gammaMax, 7);
    drafts.set(0, 'gammaMax', '-6');
    assert.equal(drafts.over(experiment).schedules[0]!.params.gammaMax, 5);
    drafts.set(0, 'gammaMax', 'abc');
    assert.equal(drafts.over(experiment).schedules[0]!.params.gammaMax, 5);
  });

  it('becomes one edit once the values agree, and says before that what is wrong', () => {
    const drafts = new Drafts();
    drafts.set(0, 'gammaMin', '6');
    assert.deepEqual(drafts.commit(entry, 0, 'gammaMin'), []);
    assert.match(drafts.at(0, 'gammaMin')!.message!, /gammaMax must be greater than gammaMin \(6\): got 5/);
    drafts.set(0, 'gammaMax', '8');
    assert.deepEqual(drafts.commit(entry, 0, 'gammaMax'), [
      { path: ['schedules', 0, 'params', 'gammaMin'], value: 6 },
      { path: ['schedules', 0, 'params', 'gammaMax'], value: 8 },
    ]);
    drafts.settle();
    assert.equal(drafts.at(0, 'gammaMin'), undefined);
  });

  it('keeps a refused text with what is allowed', () => {
    const drafts = new Drafts();
    drafts.set(0, 'gammaMin', 'abc');
    assert.deepEqual(drafts.commit(entry, 0, 'gammaMin'), []);
    drafts.settle();
    assert.equal(drafts.at(0, 'gammaMin')!.text, 'abc');
    assert.match(drafts.at(0, 'gammaMin')!.message!, /gammaMin must be a number from -700 to 700: got abc/);
  });
});

describe('marks on an axis', () => {
  it('are round, within the ends, and few', () => {
    assert.deepEqual(roundTicks(0, 1, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
    assert.deepEqual(roundTicks(-11, 11, 5), [-10, -5, 0, 5, 10]);
    assert.deepEqual(powerTicks(-3.2, 6.4, 5), [-2, 0, 2, 4, 6]);
  });

  it('stay numbers within one decade, and where there is no span', () => {
    assert.ok(powerTicks(0.1, 0.6, 5).length >= 2);
    assert.deepEqual(roundTicks(3, 3, 5), [3]);
  });

  it('write powers of ten alike', () => {
    assert.deepEqual(
      [-2, 0, 3, 6].map((power) => tickText(power, true)),
      ['10⁻²', '1', '10³', '10⁶'],
    );
    assert.equal(tickText(1e5, false), '10⁵');
  });
});
