import assert from 'node:assert/strict';
import type { RunSummary } from '../../../src/core/runs/runList';
import type { Metrics } from '../../../src/core/runs/metrics';
import { metricsOf } from '../../../src/core/runs/metrics';
import { localCaller } from '../../../src/protocol/rpc';
import { RunsState, type RunsCalls } from '../../../webview/state/runs';

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

const run = (state: RunSummary['state'], id = 'one') => ({ id, state, updated: '' }) as RunSummary;

/** Runs whose host answers with metrics when the test says so. */
function runsOf() {
  const waiting: ((rows: Metrics) => void)[] = [];
  const none = () => {
    throw new Error('this is not asked for here');
  };
  const { call: request } = localCaller<RunsCalls>({
    metrics: () => new Promise<Metrics>((resolve) => waiting.push(resolve)),
    runs: none,
    evaluation: none,
    trajectories: none,
    boundary: none,
    train: none,
    trainModels: none,
    stop: none,
    sweep: none,
    stopSweep: none,
    duplicate: none,
    exportWeights: none,
    exportRun: none,
    predictFile: none,
    importWeights: none,
    mend: none,
    removeRun: none,
    showRun: none,
  });
  const runs = new RunsState({ request, fail: none, changed: () => undefined });
  const see = (record: RunSummary) => {
    runs.show({ whole: true, rows: [record], gone: [], damaged: [], queue: [] });
    runs.updateRun();
  };
  const answer = async (rows: Metrics) => {
    waiting.shift()!(rows);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const grow = (metrics: Metrics) =>
    runs.addProgress({ id: 'one', step: metrics.step.at(-1)!, steps: 100, stepsPerSecond: 1, metrics });
  return { runs, see, answer, grow, asked: () => waiting.length };
}

describe('metrics of a run in the page', () => {
  it('an answer that comes late takes nothing away of what came meanwhile', async () => {
    const { runs, see, answer, grow } = runsOf();
    see(run('running'));
    grow(rowsOf(10, 20));
    grow(rowsOf(30));
    await answer(metricsOf({}));
    assert.deepEqual(runs.metrics!.rows, rowsOf(10, 20, 30));
  });

  it('a page that comes in the middle gets the beginning from the disk, each row once', async () => {
    const { runs, see, answer, grow } = runsOf();
    see(run('running'));
    grow(rowsOf(30, 40));
    await answer(rowsOf(10, 20, 30));
    assert.deepEqual(runs.metrics!.rows, rowsOf(10, 20, 30, 40));
    grow(rowsOf(50));
    assert.deepEqual(runs.metrics!.rows, rowsOf(10, 20, 30, 40, 50));
  });

  it('a run that has ended is read whole, with what was lost on the way', async () => {
    const { runs, see, answer, grow, asked } = runsOf();
    see(run('running'));
    await answer(rowsOf(10));
    grow(rowsOf(50));
    see(run('done'));
    assert.deepEqual(runs.metrics!.rows, rowsOf(10, 50));
    await answer(rowsOf(10, 20, 30, 40, 50));
    assert.deepEqual(runs.metrics!.rows, rowsOf(10, 20, 30, 40, 50));
    see(run('done'));
    assert.equal(asked(), 0);
  });

  it('the answer for a run that is no longer looked at is let go', async () => {
    const { runs, see, answer } = runsOf();
    see(run('done', 'old'));
    see(run('done'));
    await answer(rowsOf(10));
    assert.deepEqual(runs.metrics!.rows, metricsOf({}));
    await answer(rowsOf(20));
    assert.deepEqual(runs.metrics!.rows, rowsOf(20));
  });
});
