import assert from 'node:assert/strict';
import { readExperiment } from '../../../src/core/experiment/document';
import { newExperiment } from '../../../src/core/experiment/experiment';
import { Latest } from '../../../webview/state/latest';
import { Previews } from '../../../webview/state/previews';

/** A computation that ends when it is told to. */
function deferred() {
  let resolve!: (value: string) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<string>((...both) => ([resolve, reject] = both));
  return { promise, resolve, reject };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('what is computed for the page', () => {
  it('runs one at a time, the newest next, and shows each on the way', async () => {
    const latest = new Latest<string>(
      () => undefined,
      () => undefined,
    );
    const [a, b, c] = [deferred(), deferred(), deferred()];
    const started: string[] = [];
    const ask = (key: string, { promise }: { promise: Promise<string> }) =>
      latest.follow(key, () => {
        started.push(key);
        return promise;
      });
    ask('a', a);
    ask('a', a);
    ask('b', b);
    ask('c', c);
    assert.deepEqual(started, ['a'], 'while one runs no other starts');
    a.resolve('A');
    await settled();
    assert.deepEqual(started, ['a', 'c'], 'what was overtaken is never computed');
    assert.deepEqual([latest.value, latest.busy], ['A', true]);
    c.resolve('C');
    await settled();
    assert.deepEqual([latest.value, latest.busy, latest.error], ['C', false, undefined]);
  });

  it('keeps the last value where the next is refused, and says why until there is another', async () => {
    const latest = new Latest<string>(
      () => undefined,
      () => undefined,
    );
    latest.follow('a', () => Promise.resolve('A'));
    await settled();
    latest.follow('b', () => Promise.reject(new Error('no clock')));
    await settled();
    assert.deepEqual([latest.value, latest.error, latest.busy], ['A', 'no clock', false]);
    latest.follow('c', () => Promise.resolve('C'));
    await settled();
    assert.deepEqual([latest.value, latest.error], ['C', undefined]);
  });

  it('stops by hand, and computes again when asked to', async () => {
    const first = deferred();
    const latest = new Latest<string>(
      () => undefined,
      () => first.reject(new Error('the computation was cancelled')),
    );
    let calls = 0;
    latest.follow('a', () => (calls++ ? Promise.resolve('A') : first.promise));
    latest.stop();
    await settled();
    assert.deepEqual([latest.stopped, latest.busy, latest.value], [true, false, undefined]);
    latest.again();
    await settled();
    assert.deepEqual([latest.stopped, latest.value, latest.error], [false, 'A', undefined]);
  });
});

describe('a value that is being dragged', () => {
  const experiment = readExperiment(
    JSON.stringify({ ...newExperiment(), dynamics: { id: 'lambda-family' } }),
    'new.noprop.json',
  );
  const path = ['dynamics', 'params', 'lambda'];

  it('is drawn over the experiment, which stays as it is', () => {
    const previews = new Previews();
    previews.set(path, 1.5);
    assert.equal(previews.over(experiment).dynamics.params.lambda, 1.5);
    assert.equal(experiment.dynamics.params.lambda, 1);
    previews.drop(path);
    assert.equal(previews.over(experiment), experiment);
  });
});
