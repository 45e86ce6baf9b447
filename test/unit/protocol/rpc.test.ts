import assert from 'node:assert/strict';
import { CodedError, InputError } from '../../../src/core/registry/problem';
import * as z from 'zod';
import { Link, passOn, type Call, type CallSchemas, type Handlers, type Message } from '../../../src/protocol/rpc';
import { nothing } from '../../../src/protocol/schema';

interface Inner {
  sum: Call<[a: number, b?: number | undefined], number>;
  fail: Call<[kind: string]>;
  /** Counts until it is cancelled, or up to a number. */
  count: Call<[to: number], number, number>;
}

const schemas: CallSchemas<Inner> = {
  sum: { args: z.tuple([z.number(), z.number().optional()]), value: z.unknown() as z.ZodType<number> },
  fail: { args: z.tuple([z.string()]), value: nothing },
  count: { args: z.tuple([z.number()]), value: z.number(), progress: z.number() },
};

const onRefused = () => undefined;

const turn = () => new Promise((resolve) => setImmediate(resolve));

const inner: Handlers<Inner> = {
  sum: ([a, b = 10]) => a + b,
  fail: ([kind]) => {
    if (kind === 'input') throw new InputError('steps must be a number');
    if (kind === 'left-queue') throw new CodedError('left-queue', 'it left the queue');
    throw new Error('it broke');
  },
  count: async ([to], { signal, progress }) => {
    for (let n = 1; n <= to; n++) {
      progress(n);
      await turn();
      if (signal.aborted) throw new CodedError('cancelled', `it was cancelled at ${n}`);
    }
    return to;
  },
};

/** Two ends that pass messages as JSON, as a page and its host do. */
function linked<A extends { readonly [K in keyof A]: Call<readonly unknown[], unknown, unknown> }>(
  handlers: Handlers<A>,
  schemas: CallSchemas<A>,
) {
  const sent: Message[] = [];
  const pass = (to: () => { receive(message: Message): Promise<void> }) => (message: Message) => {
    sent.push(message);
    const copy = JSON.parse(JSON.stringify(message)) as Message;
    setImmediate(() => void to().receive(copy));
  };
  const near: Link<object, A> = new Link<object, A>(
    pass(() => far),
    {},
    { local: {}, remote: schemas, onRefused },
  );
  const far: Link<A, object> = new Link<A, object>(
    pass(() => near),
    handlers,
    { local: schemas, remote: {}, onRefused },
  );
  return { near, far, sent };
}

describe('calls between two rooms', () => {
  it('answers a call, and leaves out arguments at the end that are not given', async () => {
    const { near, sent } = linked<Inner>(inner, schemas);
    assert.equal(await near.call('sum', [1, 2]), 3);
    assert.equal(await near.call('sum', [1, undefined]), 11);
    assert.deepEqual(
      sent.map((message) => message.type),
      ['call', 'answer', 'call', 'answer'],
    );
  });

  it('an error keeps its message and its code', async () => {
    const { near } = linked<Inner>(inner, schemas);
    await assert.rejects(near.call('fail', ['input']), new InputError('steps must be a number'));
    await assert.rejects(near.call('fail', ['left-queue']), new CodedError('left-queue', 'it left the queue'));
    await assert.rejects(near.call('fail', ['other']), new CodedError('internal', 'it broke'));
    await assert.rejects(near.call('none' as 'fail', ['']), { code: 'internal' });
  });

  it('reports progress to the call that it belongs to, and not after its answer', async () => {
    const { near } = linked<Inner>(inner, schemas);
    const reports: [string, number][] = [];
    const count = (name: string, to: number) =>
      near.call('count', [to], { onProgress: (n) => void reports.push([name, n]) });
    assert.deepEqual(await Promise.all([count('a', 2), count('b', 3)]), [2, 3]);
    assert.deepEqual(
      reports.filter(([name]) => name === 'a').map(([, n]) => n),
      [1, 2],
    );
    assert.deepEqual(
      reports.filter(([name]) => name === 'b').map(([, n]) => n),
      [1, 2, 3],
    );
  });

  it('cancels one call and no other of the same kind', async () => {
    const { near } = linked<Inner>(inner, schemas);
    const controller = new AbortController();
    const cancelled = near.call('count', [1000], {
      signal: controller.signal,
      onProgress: (n) => n === 3 && controller.abort(),
    });
    const other = near.call('count', [30]);
    await assert.rejects(cancelled, { code: 'cancelled', message: /^it was cancelled at \d+$/ });
    assert.equal(await other, 30);
  });

  it('a call that is cancelled before it is made is not made; after its answer a cancel does nothing', async () => {
    const { near, sent } = linked<Inner>(inner, schemas);
    await assert.rejects(near.call('sum', [1], { signal: AbortSignal.abort() }), { code: 'cancelled' });
    assert.equal(sent.length, 0);
    const controller = new AbortController();
    assert.equal(await near.call('sum', [1], { signal: controller.signal }), 11);
    controller.abort();
    assert.equal(sent.length, 2);
  });

  it('passes progress and cancellation on through a room between', async () => {
    const { near: toInner } = linked<Inner>(inner, schemas);
    const { near } = linked<Pick<Inner, 'count'>>(
      { count: ([to], context) => toInner.call('count', [to], passOn(context)) },
      { count: schemas.count },
    );
    const controller = new AbortController();
    const reports: number[] = [];
    const onProgress = (n: number) => {
      reports.push(n);
      if (n === 2) controller.abort();
    };
    await assert.rejects(near.call('count', [1000], { signal: controller.signal, onProgress }), { code: 'cancelled' });
    assert.deepEqual(reports.slice(0, 2), [1, 2]);
  });

  it('a closed end rejects what is open', async () => {
    const { near } = linked<Inner>(inner, schemas);
    const open = near.call('count', [1000]);
    near.close('the thread ended');
    await assert.rejects(open, new CodedError('closed', 'the thread ended'));
  });

  it('a closed end rejects later calls at once, and answers nothing any more', async () => {
    const sent: Message[] = [];
    const answered: string[] = [];
    const end: Link<Inner, Inner> = new Link<Inner, Inner>(
      (message) => void sent.push(message),
      {
        ...inner,
        fail: async () => {
          await turn();
          answered.push('it worked on');
        },
      },
      { local: schemas, remote: schemas, onRefused },
    );
    void end.receive({ type: 'call', id: 1, name: 'fail', args: [''] });
    end.close('the page was closed');
    await assert.rejects(end.call('sum', [1]), new CodedError('closed', 'the page was closed'));
    await turn();
    await turn();
    assert.deepEqual([answered, sent], [['it worked on'], []]);
  });

  it('an end whose other side is new rejects what is open, and goes on', async () => {
    const { near } = linked<Inner>(inner, schemas);
    const open = near.call('count', [1000]);
    near.reset('the page was loaded again');
    await assert.rejects(open, { code: 'closed' });
    assert.equal(near.pending, 0);
    assert.equal(await near.call('sum', [1, 2]), 3);
  });

  it('a call that is not delivered is rejected, and nothing is kept of it', async () => {
    const delivered: Promise<boolean>[] = [Promise.resolve(false), Promise.reject(new Error('it is disposed'))];
    const end = new Link<object, Inner>(() => delivered.shift()!, {}, { local: {}, remote: schemas, onRefused });
    await assert.rejects(end.call('sum', [1]), { code: 'closed', message: 'the message was not delivered' });
    await assert.rejects(end.call('sum', [1]), { code: 'closed' });
    end.tell('fail', ['nobody hears it']);
    assert.equal(end.pending, 1);
  });

  it('an end that was made anew takes no answer that belongs to the one before it', async () => {
    const sent: Message[] = [];
    const checks = { local: {}, remote: schemas, onRefused };
    const before = new Link<object, Inner>((message) => void sent.push(message), {}, checks);
    const after = new Link<object, Inner>((message) => void sent.push(message), {}, checks);
    void before.call('sum', [1]);
    const own = after.call('sum', [2]);
    await after.receive({ type: 'answer', id: sent[0]!.id, value: 'old' });
    await after.receive({ type: 'answer', id: sent[1]!.id, value: 'new' });
    assert.equal(await own, 'new');
  });

  it('what cannot be sent rejects its call', async () => {
    const broken = new Link<object, Inner>(
      () => {
        throw new Error('it could not be cloned');
      },
      {},
      { local: {}, remote: schemas, onRefused },
    );
    await assert.rejects(broken.call('sum', [1]), /could not be cloned/);
  });
});
