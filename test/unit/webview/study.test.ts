import assert from 'node:assert/strict';
import type { RunRecord } from '../../../src/core/runs/record';
import type { Metrics } from '../../../src/core/runs/metrics';
import { metricsOf } from '../../../src/core/runs/metrics';
import type { Store } from '../../../webview/state/store';
import { Study } from '../../../webview/state/study';

/** Rows of these steps, each evaluated, with values that tell where they come from. */
const rowsOf = (...steps: number[]): Metrics =>
  metricsOf({
    step: Int32Array.from(steps),
    loss: Float64Array.from(steps, (step) => 1 / step),
    gradientNorm: Float64Array.from(steps),
    bins: Float32Array.from(steps.flatMap((step) => Array<number>(12).fill(step))),
    evaluatedAt: Int32Array.from(steps),
    trainAccuracy: Float64Array.from(steps, (step) => step / 100),
    testAccuracy: Float64Array.from(steps, (step) => step / 100),
  });

const run = (state: RunRecord['state'], id = 'one') => ({ id, state, updated: '' }) as RunRecord;

/** A study whose host answers when it is told to. */
function studyOf() {
  const waiting: ((rows: Metrics) => void)[] = [];
  const store = {
    experiment: { name: 'Moons' },
    changed: () => undefined,
    ask: (name: string) =>
      name === 'metrics' ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(undefined),
  };
  const study = new Study(store as unknown as Store);
  const see = (record: RunRecord) => {
    study.take({ rows: [record], queue: [] });
    study.updateRun();
  };
  const answer = async (rows: Metrics) => {
    waiting.shift()!(rows);
    await Promise.resolve();
  };
  const grow = (metrics: Metrics) =>
    study.grow({ id: 'one', step: metrics.step.at(-1)!, steps: 100, stepsPerSecond: 1, metrics });
  return { study, see, answer, grow, asked: () => waiting.length };
}

describe('metrics of a run in the page', () => {
  it('an answer that comes late takes nothing away of what came meanwhile', async () => {
    const { study, see, answer, grow } = studyOf();
    see(run('running'));
    grow(rowsOf(10, 20));
    grow(rowsOf(30));
    await answer(metricsOf({}));
    assert.deepEqual(study.metrics!.rows, rowsOf(10, 20, 30));
  });

  it('a page that comes in the middle gets the beginning from the disk, each row once', async () => {
    const { study, see, answer, grow } = studyOf();
    see(run('running'));
    grow(rowsOf(30, 40));
    await answer(rowsOf(10, 20, 30));
    assert.deepEqual(study.metrics!.rows, rowsOf(10, 20, 30, 40));
    grow(rowsOf(50));
    assert.deepEqual(study.metrics!.rows, rowsOf(10, 20, 30, 40, 50));
  });

  it('a run that has ended is read whole, with what was lost on the way', async () => {
    const { study, see, answer, grow, asked } = studyOf();
    see(run('running'));
    await answer(rowsOf(10));
    grow(rowsOf(50));
    see(run('done'));
    assert.deepEqual(study.metrics!.rows, rowsOf(10, 50));
    await answer(rowsOf(10, 20, 30, 40, 50));
    assert.deepEqual(study.metrics!.rows, rowsOf(10, 20, 30, 40, 50));
    see(run('done'));
    assert.equal(asked(), 0);
  });

  it('the answer for a run that is no longer looked at is let go', async () => {
    const { study, see, answer } = studyOf();
    see(run('done', 'old'));
    see(run('done'));
    await answer(rowsOf(10));
    assert.deepEqual(study.metrics!.rows, metricsOf({}));
    await answer(rowsOf(20));
    assert.deepEqual(study.metrics!.rows, rowsOf(20));
  });
});
