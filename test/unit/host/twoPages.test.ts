import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { experimentSchema } from '../../../src/core/experiment/experiment';
import { computationHandlers, type ComputationCalls } from '../../../src/host/computationHandlers';
import { Computations } from '../../../src/host/computations';
import { RunFolders } from '../../../src/host/runFolders';
import type { TaskProgress } from '../../../src/protocol/progress';
import { hostSchemas } from '../../../src/protocol/hostSchemas';
import { Link, type Message } from '../../../src/protocol/rpc';
import { TrainerService } from '../../../src/trainer/service/trainerService';

const experimentOf = (rest: object) =>
  experimentSchema.parse({ version: 1, name: 'Two labs', schedules: [{ id: 'linear-gamma' }], ...rest });

/** Long enough that a cancel meets it: each takes seconds. */
const long = experimentOf({
  comparison: { problem: 'mixture', integrators: ['heun'], steps: [4, 8, 4000], paths: 500 },
  data: { id: 'two-moons', params: { n: 200 } },
  model: { hidden: [16] },
  training: { steps: 200 },
});

describe('two labs on one trainer', function () {
  this.timeout(120_000);
  let folder = '';
  let run = '';
  let trainer: TrainerService;

  before(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-two-'));
    trainer = new TrainerService(path.resolve('dist'), { workers: 2 });
    run = (await trainer.call('train', [{ experiment: long, folder, runs: folder }])).id;
  });
  after(() => fs.rm(folder, { recursive: true }));

  /** A page's end of a link to the host that all pages share. */
  function openPage() {
    const computations = new Computations(trainer, new RunFolders(folder));
    const gone = new AbortController();
    const onRefused = assert.fail;
    const handlers = computationHandlers(computations, {
      folder: () => folder,
      name: () => long.name,
      settled: () => Promise.resolve({ experiment: long, folder }),
      gone: () => gone.signal,
    });
    const page = new Link<object, ComputationCalls>(
      (message: Message) => void host.receive(message),
      {},
      {
        local: {},
        remote: hostSchemas,
        onRefused,
      },
    );
    const host = new Link<ComputationCalls, object>((message: Message) => void page.receive(message), handlers, {
      local: hostSchemas,
      remote: {},
      onRefused,
    });
    return { page, gone };
  }

  /** Makes a call in two labs, and cancels it in the first once both have reported progress. */
  async function cancelFirst<K extends 'dynamics' | 'compare' | 'conclude' | 'assessment' | 'stepCurve'>(
    name: K,
    args: ComputationCalls[K]['args'],
  ) {
    const controller = new AbortController();
    const reports = [0, 0];
    const count = (lab: number) => () => {
      reports[lab]!++;
      if (reports.every(Boolean)) controller.abort();
    };
    const first = openPage().page.call(name, args, { signal: controller.signal, onProgress: count(0) });
    const second = openPage().page.call(name, args, { onProgress: count(1) });
    const [cancelled, whole] = await Promise.allSettled([first, second]);
    assert.ok(controller.signal.aborted, 'both were under way');
    return { cancelled, whole };
  }

  for (const name of ['dynamics', 'conclude', 'stepCurve', 'assessment'] as const)
    it(`${name}: a cancel in one ends that one alone`, async () => {
      const heavy = experimentOf({ comparison: { paths: 1000 }, integrator: { id: 'rk4', steps: 200 } });
      const { cancelled, whole } = await cancelFirst(name, [name === 'dynamics' ? heavy : run] as never);
      assert.equal(cancelled.status, 'rejected');
      assert.equal((cancelled.reason as { code?: string }).code, 'cancelled');
      assert.equal(whole.status, 'fulfilled');
    });

  it('compare: a cancel in one keeps what that one has, and the other comes to its end', async () => {
    const { cancelled, whole } = await cancelFirst('compare', [{}]);
    if (cancelled.status === 'fulfilled') assert.match(cancelled.value.picture.verdict, /^Cancelled after/);
    else assert.equal((cancelled.reason as { code?: string }).code, 'cancelled');
    assert.equal(whole.status, 'fulfilled');
    assert.doesNotMatch(whole.value.picture.verdict, /Cancelled/);
    assert.equal(whole.value.picture.rows.length, 3);
  });

  it('a page that goes ends its dynamics alone', async () => {
    const heavy = experimentOf({ comparison: { paths: 1000 }, integrator: { id: 'rk4', steps: 200 } });
    const [one, other] = [openPage(), openPage()];
    const begun = (progress: TaskProgress) => progress.done > 0 && one.gone.abort();
    const first = one.page.call('dynamics', [heavy], { onProgress: begun });
    const second = other.page.call('dynamics', [heavy]);
    await assert.rejects(first, { code: 'cancelled' });
    assert.ok((await second).rows.length > 0);
  });

  it('training: a stop of one job ends that one alone', async () => {
    const names = new Set<string>();
    const own: TrainerService = new TrainerService(path.resolve('dist'), {
      workers: 2,
      onProgress: ({ id }) => names.add(id).size === 2 && void own.call('stop', ['first']),
    });
    const train = (job: string, steps: number) => {
      const experiment = experimentOf({ data: long.data, model: { hidden: [16] }, training: { steps } });
      return own.call('train', [{ experiment, folder, runs: folder, job }]);
    };
    const [first, second] = await Promise.all([train('first', 200_000), train('second', 3000)]);
    assert.deepEqual([first.state, second.state], ['stopped', 'done']);
  });
});
