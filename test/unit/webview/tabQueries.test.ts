import assert from 'node:assert/strict';
import { CodedError } from '../../../src/core/registry/problem';
import type { RunSummary } from '../../../src/core/runs/runList';
import { hostSchemas } from '../../../src/protocol/hostSchemas';
import { pageSchemas } from '../../../src/protocol/pageSchemas';
import { Link, type Message } from '../../../src/protocol/rpc';
import type { HostCalls } from '../../../src/protocol/hostCalls';
import type { PageCalls } from '../../../src/protocol/pageCalls';
import { ConclusionQueries } from '../../../webview/tabs/training/conclusionQueries';
import { MeasureQueries } from '../../../webview/tabs/training/measureQueries';

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
const ignore = () => undefined;

/** A page's end of a link, whose calls the test answers: `calls` are those that are open, by name. */
function hostOf() {
  const calls: { readonly name: string; readonly args: readonly unknown[]; readonly id: number }[] = [];
  const cancelled: number[] = [];
  const post = (message: Message) => {
    if (message.type === 'call') calls.push(message);
    if (message.type === 'cancel') cancelled.push(message.id);
  };
  const none = ignore;
  const link = new Link<PageCalls, HostCalls>(
    post,
    {
      show: none,
      commit: none,
      runs: none,
      trained: none,
      open: none,
      figure: none,
      report: none,
      look: none,
      overlay: none,
    },
    {
      local: pageSchemas,
      remote: hostSchemas,
      onRefused: assert.fail,
    },
  );
  const take = () => calls.shift()!;
  return {
    request: link.call.bind(link),
    calls,
    cancelled,
    answer: async (value: unknown) => {
      await link.receive({ type: 'answer', id: take().id, value });
      await settled();
    },
    refuse: async (error: CodedError) => {
      await link.receive({ type: 'error', id: take().id, code: error.code, message: error.message });
      await settled();
    },
    report: (done: number) =>
      link.receive({ type: 'progress', id: calls[0]!.id, value: { done, total: 4, what: 'starts' } }),
  };
}

const run = (id: string) => ({ id, state: 'done', updated: '1', testAccuracy: 0.9 }) as RunSummary;

/** Two results that are told apart by a number or a sentence. */
const measured = (evaluations: number) => ({ rows: 1, evaluations });
const concluded = (sentence: string) => ({ problem: '', rows: 1, sentence });

describe('measures of runs', () => {
  it('each is asked for once, one after another', async () => {
    const host = hostOf();
    const measures = new MeasureQueries(host.request, ignore);
    for (const id of ['a', 'b', 'a']) measures.askAssessment(run(id), id);
    measures.askStepCurve(run('a'), 'a');
    await settled();
    assert.deepEqual(
      host.calls.map(({ args }) => args),
      [['a']],
    );
    await host.report(3);
    assert.deepEqual(measures.progress, { done: 3, total: 4, what: 'starts' });
    await host.answer(measured(1));
    assert.deepEqual([measures.assessment(run('a'), 'a'), measures.progress], [{ value: measured(1) }, undefined]);
    await host.answer(measured(2));
    assert.deepEqual(
      host.calls.map(({ name }) => name),
      ['stepCurve'],
    );
  });

  it('a cancel ends what runs and all that waits; what failed is asked for again on request', async () => {
    const host = hostOf();
    const measures = new MeasureQueries(host.request, ignore);
    measures.askAssessment(run('a'), 'a');
    measures.askAssessment(run('b'), 'b');
    await settled();
    measures.cancel();
    assert.deepEqual(host.cancelled, [host.calls[0]!.id]);
    await host.refuse(new CodedError('cancelled', 'the evaluation was cancelled'));
    for (const id of ['a', 'b'])
      assert.deepEqual(measures.assessment(run(id), id).error, {
        code: 'cancelled',
        message: 'the evaluation was cancelled',
      });
    assert.equal(host.calls.length, 0, 'what waited is not begun');
    measures.retry();
    measures.askAssessment(run('b'), 'b');
    await settled();
    await host.answer(measured(2));
    assert.deepEqual(measures.assessment(run('b'), 'b'), { value: measured(2) });
  });

  it('a checkpoint and a run that went on are measured anew', async () => {
    const host = hostOf();
    const measures = new MeasureQueries(host.request, ignore);
    measures.askAssessment(run('a'), 'a');
    await settled();
    await host.answer(measured(3));
    assert.deepEqual(measures.assessment(run('a'), { run: 'a', checkpoint: 100 }), {});
    assert.deepEqual(measures.assessment({ ...run('a'), updated: '2' }, 'a'), {});
  });
});

describe('the conclusion on runs', () => {
  it('what is kept with a run is shown until it is tested; a test goes on while another run is looked at', async () => {
    const host = hostOf();
    const conclusions = new ConclusionQueries(host.request, ignore);
    conclusions.update('a');
    await host.answer(concluded('kept'));
    assert.deepEqual(conclusions.of('a'), concluded('kept'));
    conclusions.begin('a');
    conclusions.begin('b');
    assert.equal(conclusions.running?.run, 'a', 'one at a time');
    const test = host.calls.shift()!;
    conclusions.update('b');
    assert.equal(conclusions.of('a'), undefined);
    host.calls.push(test);
    await host.answer(undefined);
    assert.equal(conclusions.of('b'), undefined);
    await host.answer(concluded('tested'));
    assert.deepEqual([conclusions.of('a'), conclusions.running], [concluded('tested'), undefined]);
  });

  it('a test that is cancelled says so at its run alone', async () => {
    const host = hostOf();
    const conclusions = new ConclusionQueries(host.request, ignore);
    conclusions.begin('a');
    conclusions.cancel();
    await host.refuse(new CodedError('cancelled', 'the test was cancelled after 2 of 9 parts'));
    assert.equal(conclusions.errorOf('a')?.message, 'the test was cancelled after 2 of 9 parts');
    assert.equal(conclusions.errorOf('b'), undefined);
  });
});
