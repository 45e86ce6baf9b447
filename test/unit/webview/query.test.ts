import assert from 'node:assert/strict';
import { CodedError } from '../../../src/core/registry/problem';
import type { TaskProgress } from '../../../src/protocol/progress';
import type { CallOptions } from '../../../src/protocol/rpc';
import { Query } from '../../../webview/state/query';

/** A computation that ends when the test says so, or when it is cancelled. */
function computation() {
  let resolve!: (value: string) => void;
  let reject!: (error: Error) => void;
  let options: CallOptions<TaskProgress> = {};
  const promise = new Promise<string>((one, other) => {
    resolve = one;
    reject = other;
  });
  const ask = (given: CallOptions<TaskProgress>) => {
    options = given;
    given.signal!.addEventListener('abort', () => reject(new CodedError('cancelled', 'the computation was cancelled')));
    return promise;
  };
  return { ask, resolve, reject, report: (progress: TaskProgress) => options.onProgress!(progress) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const seconds = (count: number) => new Promise((resolve) => setTimeout(resolve, 1000 * count + 50));
const ignore = () => undefined;

describe('a question and its answer', () => {
  it('one runs at a time, the newest next, and each is shown on the way', async () => {
    const query = new Query<string>(ignore);
    const [a, b, c] = [computation(), computation(), computation()];
    const begun: string[] = [];
    const follow = (key: string, { ask }: ReturnType<typeof computation>) =>
      query.follow(key, (options) => {
        begun.push(key);
        return ask(options);
      });
    follow('a', a);
    follow('a', a);
    follow('b', b);
    follow('c', c);
    assert.deepEqual(begun, ['a'], 'while one runs no other begins');
    a.resolve('A');
    await settled();
    assert.deepEqual(begun, ['a', 'c'], 'what was overtaken is never asked');
    assert.deepEqual([query.value, query.busy], ['A', true]);
    c.resolve('C');
    await settled();
    assert.deepEqual([query.value, query.busy, query.error], ['C', false, undefined]);
  });

  it('keeps the last value where the next is refused, and says why until there is another', async () => {
    const query = new Query<string>(ignore);
    query.follow('a', () => Promise.resolve('A'));
    await settled();
    query.follow('b', () => Promise.reject(new CodedError('input', 'no clock')));
    await settled();
    assert.deepEqual([query.value, query.error, query.busy], ['A', { code: 'input', message: 'no clock' }, false]);
    query.follow('c', () => Promise.resolve('C'));
    await settled();
    assert.deepEqual([query.value, query.error], ['C', undefined]);
  });

  it('is cancelled by hand, keeps its value, and is asked again on request', async () => {
    const query = new Query<string>(ignore);
    query.follow('a', () => Promise.resolve('A'));
    await settled();
    const first = computation();
    let calls = 0;
    query.follow('b', (options) => (calls++ ? Promise.resolve('B') : first.ask(options)));
    query.cancel();
    await settled();
    assert.deepEqual([query.error?.code, query.busy, query.value], ['cancelled', false, 'A']);
    query.retry();
    assert.equal(query.busy, true);
    await settled();
    assert.deepEqual([query.value, query.error], ['B', undefined]);
  });

  it('a newer question ends one that has run for a second', async () => {
    const query = new Query<string>(ignore);
    const [slow, next] = [computation(), computation()];
    query.follow('slow', slow.ask);
    query.follow('next', next.ask);
    await seconds(1);
    next.resolve('next');
    await settled();
    slow.resolve('slow');
    await settled();
    assert.deepEqual([query.value, query.busy, query.error], ['next', false, undefined]);
  });

  it('without patience a newer question ends the one before it at once', async () => {
    const query = new Query<string>(ignore, 0);
    const [first, second] = [computation(), computation()];
    query.follow('first', first.ask);
    query.follow('second', second.ask);
    second.resolve('second');
    await settled();
    assert.deepEqual([query.value, query.busy, query.error], ['second', false, undefined]);
  });

  it('shows how far it is after a second, and what came before that too', async () => {
    let drawn = 0;
    const query = new Query<string>(() => void drawn++);
    const long = computation();
    query.follow('long', long.ask);
    long.report({ done: 1, total: 4 });
    assert.deepEqual([query.progress, drawn], [undefined, 0]);
    await seconds(1);
    assert.deepEqual([query.progress, drawn], [{ done: 1, total: 4 }, 1]);
    long.report({ done: 2, total: 4 });
    assert.deepEqual([query.progress, drawn], [{ done: 2, total: 4 }, 2]);
    long.resolve('end');
    await settled();
    assert.deepEqual([query.progress, query.value], [undefined, 'end']);
  });

  it('takes a value that was found otherwise, and lets go of the answer on its way', async () => {
    const query = new Query<string>(ignore);
    const one = computation();
    query.follow('one', one.ask);
    query.take('two', 'TWO');
    one.resolve('ONE');
    await settled();
    assert.deepEqual([query.key, query.value, query.busy, query.error], ['two', 'TWO', false, undefined]);
  });
});
