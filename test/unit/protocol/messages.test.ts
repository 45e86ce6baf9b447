import assert from 'node:assert/strict';
import { newExperiment, experimentSchema } from '../../../src/core/experiment/experiment';
import { Random } from '../../../src/core/math/random';
import type { HostCalls } from '../../../src/protocol/hostCalls';
import { hostSchemas } from '../../../src/protocol/hostSchemas';
import { pageSchemas } from '../../../src/protocol/pageSchemas';
import { Link, type CallSchemas, type Calls, type Handlers, type Message } from '../../../src/protocol/rpc';
import { trainerEventSchemas, trainerSchemas } from '../../../src/protocol/trainerSchemas';

const experiment = experimentSchema.parse(newExperiment());

/** An end that answers these calls, all that it was asked, sent and refused. */
function end<T extends Calls<T>>(schemas: CallSchemas<T>) {
  const asked: [string, unknown][] = [];
  const sent: Message[] = [];
  const refused: string[] = [];
  const names = Object.keys(schemas) as (keyof T & string)[];
  const handlers = Object.fromEntries(names.map((name) => [name, (args: unknown) => void asked.push([name, args])]));
  const link = new Link<T, object>((message) => void sent.push(message), handlers as unknown as Handlers<T>, {
    local: schemas,
    remote: {},
    onRefused: (why) => void refused.push(why),
  });
  return { link, asked, sent, refused };
}

const errorIn = (sent: readonly Message[]) => sent.map((one) => (one.type === 'error' ? one.message : one.type));

describe('messages that are not what they should be', () => {
  for (const name of ['constructor', 'toString', 'isPrototypeOf', '__proto__', 'hasOwnProperty', 'valueOf', 'no such'])
    it(`a call named ${name} is answered with a refusal`, async () => {
      const { link, asked, sent } = end(hostSchemas);
      await link.receive({ type: 'call', id: 1, name, args: [] });
      assert.deepEqual(asked, []);
      assert.deepEqual(errorIn(sent), [`there is no call ${JSON.stringify(name)}`]);
    });

  const shapeless: unknown[] = [
    null,
    undefined,
    [],
    7,
    'text',
    true,
    {},
    { type: 'call' },
    { type: 'constructor', id: 1 },
  ];
  for (const arrived of shapeless)
    it(`${JSON.stringify(arrived)} is refused, and that is told`, async () => {
      const { link, asked, sent, refused } = end(hostSchemas);
      await link.receive(arrived);
      assert.deepEqual([asked.length, sent.length, refused.length], [0, 0, 1]);
    });

  it('what names the id of a call but is no call is answered', async () => {
    const { link, sent, refused } = end(hostSchemas);
    for (const rest of [
      { name: null, args: [] },
      { name: 'save', args: null },
      { name: 'save', args: {} },
      { name: 'x'.repeat(1e6), args: [] },
    ])
      await link.receive({ type: 'call', id: 5, ...rest });
    assert.equal(sent.filter((one) => one.type === 'error' && one.id === 5).length, 4);
    assert.equal(refused.length, 4);
    assert.ok(refused.every((why) => why.length < 500));
  });

  const wrong: [keyof HostCalls, unknown[]][] = [
    ['edit', []],
    ['edit', [null]],
    ['edit', [[{ path: [], value: 1 }]]],
    ['edit', [[{ path: ['__proto__', 'polluted'], value: 1 }]]],
    ['edit', [[{ path: ['schedules', { toString: null }], value: 1 }]]],
    ['edit', [[{ path: Array.from({ length: 1e5 }, () => 'a'), value: 1 }]]],
    ['edit', [Array.from({ length: 1e5 }, () => ({ path: ['name'], value: 'x' }))]],
    ['copy', [1]],
    ['copy', ['text', 'more']],
    ['showText', ['0']],
    ['showText', [-1]],
    ['save', [1]],
    ['saveFile', [{ name: 'a.csv', content: 'x', encoding: 'hex' }]],
    ['openText', ['Table', 'csv']],
    ['metrics', [{ toString: null }]],
    ['evaluation', [{ run: 'a' }]],
    ['dynamics', [{}]],
    ['dynamics', [{ ...experiment, seed: 'constructor' }]],
    ['compare', [{ also: [[]] }]],
    [
      'comparedPaths',
      [{ experiment }, Array.from({ length: 1000 }, () => ({ integrator: 'euler', grid: 'uniform-t', steps: 4 }))],
    ],
  ];
  for (const [name, args] of wrong)
    it(`${name} does not take ${JSON.stringify(args).slice(0, 60)}`, async () => {
      const { link, asked, sent } = end(hostSchemas);
      await link.receive({ type: 'call', id: 1, name, args });
      assert.deepEqual(asked, []);
      assert.match(errorIn(sent)[0]!, new RegExp(`^the call ${name} was refused: `));
    });

  const right: [keyof HostCalls, unknown[]][] = [
    [
      'edit',
      [
        [
          { path: ['schedules', 0, 'params', 'offset'], value: undefined },
          { path: ['schedules', 1], value: 'cosine', insert: true },
        ],
      ],
    ],
    ['showText', []],
    ['train', []],
    ['train', ['some-run']],
    ['evaluation', [{ run: 'a', checkpoint: 100 }]],
    ['dynamics', [experiment]],
    ['compare', [{}]],
    ['comparedPaths', [{ experiment, run: 'a' }, [{ integrator: 'euler', grid: 'uniform-t', steps: 4 }]]],
  ];
  for (const [name, args] of right)
    it(`${name} takes ${JSON.stringify(args).slice(0, 60)} as it is`, async () => {
      const { link, asked } = end(hostSchemas);
      await link.receive({ type: 'call', id: 1, name, args });
      assert.deepEqual(asked, [[name, args]]);
    });

  it('an answer without a value arrives, as JSON writes it', async () => {
    const sent: Message[] = [];
    const checks = { local: {}, remote: hostSchemas, onRefused: assert.fail };
    const link = new Link<object, HostCalls>((message) => void sent.push(message), {}, checks);
    const saved = link.call('save', []);
    await link.receive(JSON.parse(JSON.stringify({ type: 'answer', id: sent[0]!.id, value: undefined })));
    assert.equal(await saved, undefined);
  });

  it('an answer that is not what was asked for rejects its call', async () => {
    const sent: Message[] = [];
    const refused: string[] = [];
    const link = new Link<object, HostCalls>(
      (message) => void sent.push(message),
      {},
      {
        local: {},
        remote: hostSchemas,
        onRefused: (why) => void refused.push(why),
      },
    );
    const opened = link.call('openText', ['Table', ['csv']]);
    await link.receive({ type: 'answer', id: sent[0]!.id, value: { toString: null } });
    await assert.rejects(opened, /the answer of openText was refused/);
    const progress: unknown[] = [];
    const compared = link.call('compare', [{}], { onProgress: (one) => void progress.push(one) });
    await link.receive({ type: 'progress', id: sent[1]!.id, value: null });
    await link.receive({ type: 'progress', id: sent[1]!.id, value: { done: 1, total: 2 } });
    assert.deepEqual(progress, [{ done: 1, total: 2 }]);
    await link.receive({ type: 'error', id: sent[1]!.id, code: 'no code', message: 'x' });
    await link.receive({ type: 'error', id: sent[1]!.id, code: 'input', message: 'no grid' });
    await assert.rejects(compared, { code: 'input', message: 'no grid' });
    await link.receive({ type: 'answer', id: 12345, value: 1 });
    assert.equal(refused.length, 4);
  });

  it('no message of 10,000 made by chance is unheard or thrown on', async () => {
    const random = Random.stream(9, 'data');
    const chance = () => random.uniform();
    const pick = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)]!;
    const value = (depth = 0): unknown =>
      pick<() => unknown>([
        () => null,
        () => undefined,
        () => chance() * 1e9 - 5e8,
        () => pick([NaN, Infinity, -0, 2 ** 53]),
        () => pick(['constructor', '__proto__', 'toString', '', 'run', '\u0000', 'x'.repeat(2000)]),
        () => chance() < 0.5,
        () => new Float64Array(4),
        () => (depth > 3 ? [] : Array.from({ length: Math.floor(chance() * 4) }, () => value(depth + 1))),
        () =>
          depth > 3
            ? {}
            : (JSON.parse(
                `{"${pick(['__proto__', 'path', 'id', 'run', 'experiment'])}":${JSON.stringify(value(depth + 1)) ?? 'null'}}`,
              ) as unknown),
        () => experiment,
      ])();
    const sides = [end(hostSchemas), end(pageSchemas), end(trainerSchemas), end(trainerEventSchemas)] as const;
    const names = [hostSchemas, pageSchemas, trainerSchemas, trainerEventSchemas].flatMap((one) => Object.keys(one));
    for (let i = 0; i < 2500; i++) {
      const call = {
        type: chance() < 0.9 ? 'call' : value(),
        id: chance() < 0.9 ? i : value(),
        name: chance() < 0.9 ? pick(names) : value(),
        args: chance() < 0.9 ? Array.from({ length: Math.floor(chance() * 4) }, () => value()) : value(),
      };
      for (const { link, sent, refused } of sides) {
        const before = sent.length + refused.length;
        await link.receive(chance() < 0.95 ? call : value());
        assert.ok(sent.length + refused.length > before, JSON.stringify(call));
      }
    }
    const heard = sides.reduce((sum, { asked }) => sum + asked.length, 0);
    assert.ok(heard > 100, `only ${heard} are calls as they should be`);
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  });
});
