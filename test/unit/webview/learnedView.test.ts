import assert from 'node:assert/strict';
import type { LearnedAt } from '../../../src/core/runs/evaluationResults';
import type { RunSummary } from '../../../src/core/runs/runList';
import type { QueueJob } from '../../../src/protocol/queue';
import { localCaller } from '../../../src/protocol/rpc';
import { KEPT, LearnedHistory } from '../../../webview/state/learnedHistory';
import { LearnedView, type LearnedRuns } from '../../../webview/state/learnedView';
import { Query } from '../../../webview/state/query';

const at = (step: number): LearnedAt => ({ step });
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A page that follows a run, and a trainer that answers when the test says so. */
function pageOf(record: Partial<RunSummary> = {}, { trains = true } = {}) {
  const waiting: ((found: LearnedAt | undefined) => void)[] = [];
  const frames: (() => void)[] = [];
  const read: unknown[] = [];
  const runs = {
    run: { id: 'one', state: 'running', step: 0, steps: 100, ...record } as RunSummary,
    queue: trains ? [{ run: 'one' } as QueueJob] : [],
    results: new Query(() => undefined),
    resultsAt: (_run: RunSummary, choice: unknown) => {
      read.push(choice);
      return Promise.resolve({});
    },
  };
  const page = { shown: true };
  const { call: request } = localCaller({
    learned: () => new Promise<LearnedAt | undefined>((resolve) => waiting.push(resolve)),
  });
  const view = new LearnedView(
    {
      request,
      changed: () => undefined,
      isShown: () => page.shown,
      rest: () => new Promise((resolve) => frames.push(resolve)),
    },
    runs as LearnedRuns,
  );
  const answer = async (found: LearnedAt | undefined) => {
    waiting.shift()!(found);
    await turn();
    frames.shift()!();
    await turn();
  };
  return { view, runs, page, answer, read, asked: () => waiting.length };
}

describe('what the page shows of a training', () => {
  it('is the newest, asked for again and again while the run trains', async () => {
    const { view, answer, asked } = pageOf();
    view.update();
    view.update();
    assert.equal(asked(), 1);
    await answer(at(10));
    assert.equal(view.shown!.step, 10);
    await answer(at(20));
    assert.equal(view.shown!.step, 20);
    assert.equal(asked(), 1);
  });

  it('is not asked for while the pictures are out of view, nor of what another window trains', async () => {
    const { view, page, answer, asked } = pageOf();
    view.update();
    page.shown = false;
    await answer(at(10));
    assert.equal(asked(), 0);
    view.update();
    assert.equal(asked(), 0);
    page.shown = true;
    view.update();
    assert.equal(asked(), 1);
    const other = pageOf({}, { trains: false });
    other.view.update();
    assert.equal(other.asked(), 0);
  });

  it('stays as it was until the end is known, and is that then', async () => {
    const { view, runs, answer } = pageOf();
    view.update();
    await answer(at(10));
    await answer(at(20));
    runs.run = { ...runs.run, state: 'done', step: 100 };
    await answer(undefined);
    assert.equal(view.shown!.step, 20);
    runs.results.take('end', {});
    assert.equal(view.shown!.step, undefined);
    assert.deepEqual(
      view.pictures.map(({ step }) => step),
      [10, 20, 100],
    );
    view.choose(0);
    assert.equal(view.shown!.step, 10);
    view.choose(2);
    assert.equal(view.shown!.step, undefined);
  });

  it('is played from the checkpoints where nobody watched', async () => {
    const { view, runs, read } = pageOf({ state: 'done', step: 100, checkpoints: [25, 50, 75] }, { trains: false });
    runs.results.take('end', {});
    assert.deepEqual(view.readable, [25, 50, 75]);
    assert.equal(await view.readCheckpoints(), true);
    assert.deepEqual(
      read,
      [25, 50, 75].map((checkpoint) => ({ run: 'one', checkpoint })),
    );
    assert.deepEqual(
      view.pictures.map(({ step }) => step),
      [25, 50, 75, 100],
    );
  });

  it('a refusal is said once, and not asked for again', async () => {
    const { view, runs } = pageOf();
    const failing = new LearnedView(
      {
        request: () => Promise.reject(new Error('the data have changed')),
        changed: () => undefined,
        isShown: () => true,
        rest: () => Promise.resolve(),
      },
      runs as LearnedRuns,
    );
    failing.update();
    await turn();
    assert.equal(failing.problem, 'the data have changed');
    assert.equal(view.problem, undefined);
  });

  it('keeps few pictures of a long training, spread over its steps, the first among them', () => {
    const history = new LearnedHistory();
    for (let step = 0; step <= 10_000; step += 7) history.add(at(step));
    const steps = history.kept.map(({ step }) => step);
    assert.ok(steps.length <= KEPT && steps.length >= KEPT / 2, String(steps.length));
    assert.equal(steps[0], 0);
    assert.ok(steps.at(-1)! > 9000);
    const gaps = steps.slice(1).map((step, i) => step - steps[i]!);
    assert.ok(Math.max(...gaps) < 3 * Math.min(...gaps), String(gaps));
    assert.equal(history.newest!.step, 9996);
  });

  it('what is resumed from an earlier step goes on from there', () => {
    const history = new LearnedHistory();
    for (const step of [10, 20, 30]) history.add(at(step));
    history.add(at(15));
    assert.deepEqual(
      history.kept.map(({ step }) => step),
      [10, 15],
    );
  });
});
