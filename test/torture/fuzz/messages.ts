import { changesAt } from '../../../src/core/experiment/changes';
import { applyChange } from '../../../src/core/experiment/applyChange';
import { parseExperiment } from '../../../src/core/experiment/document';
import { newExperiment } from '../../../src/core/experiment/experiment';
import { metricsOf } from '../../../src/core/runs/metrics';
import type { HostCalls } from '../../../src/protocol/hostCalls';
import { hostSchemas } from '../../../src/protocol/hostSchemas';
import { pageSchemas } from '../../../src/protocol/pageSchemas';
import { Link, type Calls, type CallSchemas, type Handlers, type Message } from '../../../src/protocol/rpc';
import { trainerEventSchemas, trainerSchemas } from '../../../src/protocol/trainerSchemas';
import { asJson, fuzzFault, Refused } from './reader';
import type { Mutation } from './mutation';

type End = 'host' | 'page' | 'trainer' | 'trainers-host';

/** What arrives at an end of a link. */
interface Arrival {
  readonly end: End;
  readonly message: unknown;
}

const text = JSON.stringify(newExperiment());
const experiment = parseExperiment(text).experiment!;
const run = '2026-01-02T03-04-05-name';
const summary = { id: 'comparisons/name/a.json', made: '2026-01-02', problem: 'p', verdict: 'v' };
const metrics = metricsOf({ step: [1, 2], loss: [0.5, 0.4] });
const progress = { id: run, step: 2, steps: 10, stepsPerSecond: 5, metrics };
const job = { id: 'a', name: 'n', seed: 0, state: 'waiting', step: 0, steps: 10 };
const change = { path: ['training', 'steps'], value: 5 };
const snapshot = { file: 'a.noprop.json', status: 'saved', experiment, problems: [] };
const task = { experiment, folder: '/data', runs: '/runs' };
const choice = { run, checkpoint: 20 };

/** Arguments that each call may have. */
const CALLS: Readonly<Record<End, Readonly<Record<string, readonly (readonly unknown[])[]>>>> = {
  host: {
    ...{ ready: [[]], edit: [[[change]], [[change, change]]], showText: [[3]], openLab: [[]], save: [[]] },
    ...{
      saveFile: [[{ name: 'a.svg', content: '<svg/>', encoding: 'utf8' }]],
      openText: [['t', ['csv']]],
      copy: [['x']],
    },
    ...{
      runs: [[]],
      train: [[], [run]],
      stop: [['a']],
      exportWeights: [[choice]],
      exportRun: [[choice]],
      metrics: [[run]],
      evaluation: [[run]],
    },
    ...{
      dynamics: [[experiment]],
      compare: [[{ run: choice, also: [run] }]],
      comparison: [[summary.id]],
      conclude: [[run]],
    },
  },
  page: {
    show: [[snapshot]],
    runs: [[{ rows: [], queue: [job] }]],
    trained: [[progress]],
    open: [['runs', true, 'x']],
  },
  trainer: {
    ...{
      train: [[task]],
      stop: [[run]],
      evaluate: [[run, { part: 'test', limit: 5 }, { steps: 3 }]],
      stepCurve: [[run, [1, 2]]],
    },
    ...{
      predict: [[run, new Float64Array(4)]],
      predictFile: [[run, '/a.csv', '/b.csv']],
      runs: [['/runs']],
      metrics: [[run]],
    },
    ...{
      exportWeights: [[choice, '/w']],
      importWeights: [[task, '/w']],
      importFile: [['/c.json', { as: 'sigmas', sequenceLength: 9 }]],
      compare: [[{ ...task, run }]],
      boundary: [[run, 9]],
    },
  },
  'trainers-host': { queue: [[[job]]], trained: [[progress]] },
};

/** The id of the call that each end has open while a message arrives. */
const OPEN = 7;

const answers: Readonly<Record<End, readonly unknown[]>> = {
  host: [undefined],
  page: [{ rows: [], queue: [job] }],
  trainer: [undefined],
  'trainers-host': [[summary]],
};

function inputs(): readonly Arrival[] {
  return Object.entries(CALLS).flatMap(([end, calls]) =>
    [
      ...Object.entries(calls).flatMap(([name, rows]) => rows.map((args) => ({ type: 'call', id: 1, name, args }))),
      ...answers[end as End].map((value) => ({ type: 'answer', id: OPEN, value })),
      { type: 'error', id: OPEN, code: 'input', message: 'no' },
      { type: 'progress', id: OPEN, value: { done: 1, total: 2 } },
      { type: 'cancel', id: 1 },
    ].map((message) => ({ end: end as End, message })),
  );
}

/** Handlers that do what can be done with checked arguments alone: an edit is made as the host makes it. */
const handlers = <T extends Calls<T>>(schemas: CallSchemas<T>, heard: () => void): Handlers<T> =>
  Object.fromEntries(
    Object.keys(schemas).map((name) => [
      name,
      (args: readonly unknown[]) => {
        heard();
        if (schemas !== (hostSchemas as unknown) || name !== 'edit') return undefined;
        for (const one of (args as HostCalls['edit']['args'])[0]) {
          applyChange(text, one);
          changesAt(experiment, one.path, one.value);
        }
      },
    ]),
  ) as unknown as Handlers<T>;

/** A link with one call open; what it says of a message. */
async function arrive<L extends Calls<L>, R extends Calls<R>>(
  local: CallSchemas<L>,
  remote: CallSchemas<R>,
  [name, args]: [keyof R & string, unknown],
  arrived: unknown,
): Promise<void> {
  let [heard, refused] = [0, ''];
  let answer: Message | undefined;
  let first: number | undefined;
  const link = new Link<L, R>(
    (message) => {
      if (first === undefined) first = message.id;
      else answer = message;
    },
    handlers(local, () => heard++),
    { local, remote, onRefused: (why) => (refused = why) },
  );
  let ended = false;
  const end = () => void (ended = true);
  const open = link.call(name, args as R[typeof name]['args'], { onProgress: () => void heard++ }).then(end, end);
  await link.receive(withOpenId(arrived, first!));
  await Promise.resolve();
  link.close('the test is over');
  await open;
  const isCancel = (arrived as { type?: unknown } | null)?.type === 'cancel';
  if (!heard && !refused && !answer && !ended && !isCancel) throw new Error('a message was unheard');
  // the handlers here do not fail: what is neither refused nor bad input is uncaught
  if (answer?.type === 'error' && answer.code !== 'input' && !/was refused|there is no call/.test(answer.message))
    throw new TypeError(answer.message);
  if (refused || answer?.type === 'error') throw new Refused(refused || 'refused');
}

/** A message to the open call, which only now has an id. */
function withOpenId(message: unknown, id: number): unknown {
  const isOpen = typeof message === 'object' && message !== null && (message as { id?: unknown }).id === OPEN;
  return isOpen ? { ...message, id } : message;
}

async function read({ end, message }: Arrival): Promise<void> {
  if (end === 'host') return arrive(hostSchemas, pageSchemas, ['open', ['runs', false]], message);
  if (end === 'page') return arrive(pageSchemas, hostSchemas, ['runs', []], message);
  if (end === 'trainer') return arrive(trainerSchemas, trainerEventSchemas, ['queue', [[]]], message);
  return arrive(trainerEventSchemas, trainerSchemas, ['comparisons', ['/runs', 'name']], message);
}

const mutate = (mutation: Mutation, { end, message }: Arrival): Arrival => ({
  end: mutation.chance(0.03) ? mutation.pick(['host', 'page', 'trainer', 'trainers-host'] as const) : end,
  message: mutation.chance(0.02) ? mutation.value() : mutation.json(message),
});

export const messagesFault = fuzzFault<Arrival>({
  name: 'messages',
  what: 'messages to page, host and trainer with parts changed arrive at their links',
  seconds: 100,
  short: 3000,
  inputs,
  mutate,
  read,
  isPast: ({ message }) =>
    ['call', 'answer', 'error', 'progress', 'cancel'].includes((message as { type: string } | null)?.type ?? ''),
  ...asJson<Arrival>(),
});
