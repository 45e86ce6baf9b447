import assert from 'node:assert/strict';
import { joinMetrics, metricsOf } from '../../../src/core/runs/metrics';
import { mergeProgress, type TrainingProgress } from '../../../src/protocol/progress';
import { Relay } from '../../../src/protocol/relay';

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A relay whose other side takes a value when the test says so. */
function relayTo<T>(merge?: (older: T, newer: T) => T) {
  const sent: T[] = [];
  const open: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const relay = new Relay<T>((value) => {
    sent.push(value);
    return new Promise<void>((resolve, reject) => open.push({ resolve, reject }));
  }, merge);
  const take = async () => {
    open.shift()!.resolve();
    await turn();
  };
  return { relay, sent, open, take };
}

const progress = (step: number, rest: Partial<TrainingProgress> = {}): TrainingProgress => ({
  id: 'one',
  step,
  steps: 100,
  stepsPerSecond: 1,
  metrics: metricsOf({ step: [step], loss: [1 / step], bins: Array<number>(12).fill(step) }),
  ...rest,
});

describe('what is sent to a slow side', () => {
  it('has one message of a key on its way and one that waits, however many come', async () => {
    const { relay, sent, open, take } = relayTo<TrainingProgress>(mergeProgress);
    for (let step = 1; step <= 200; step++) relay.push('one', progress(step));
    relay.push('two', progress(1, { id: 'two' }));
    assert.equal(relay.size, 3);
    assert.deepEqual(sent.map(({ id, step }) => [id, step]), [['one', 1], ['two', 1]]); // prettier-ignore
    await take();
    assert.equal(sent.length, 3);
    assert.equal(sent[2]!.step, 200);
    assert.deepEqual([...joinMetrics(sent[0]!.metrics, sent[2]!.metrics).step], Array.from({ length: 200 }, (_, i) => i + 1)); // prettier-ignore
    await take();
    await take();
    assert.deepEqual([relay.size, open.length], [0, 0]);
  });

  it('goes on after a message that was lost, and forgets what waits when it is told to', async () => {
    const { relay, sent, open } = relayTo<number>();
    relay.push('a', 1);
    relay.push('a', 2);
    relay.push('a', 3);
    open.shift()!.reject(new Error('lost'));
    await turn();
    assert.deepEqual(sent, [1, 3]);
    relay.push('a', 4);
    relay.clear();
    open.shift()!.resolve();
    await relay.settled();
    assert.deepEqual([sent, relay.size], [[1, 3], 0]);
  });

  it('keeps the newest word on saves', () => {
    const failed = progress(2, { saveProblem: 'the disk is full', keptStep: 1 });
    assert.deepEqual(mergeProgress(progress(1), failed).saveProblem, 'the disk is full');
    assert.equal(mergeProgress(failed, progress(3)).saveProblem, undefined);
  });
});
