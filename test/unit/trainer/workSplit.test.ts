import assert from 'node:assert/strict';
import { localCaller, type Handlers } from '../../../src/protocol/rpc';
import path from 'node:path';
import { experimentSchema } from '../../../src/core/experiment/experiment';
import { startBackend } from '../../../src/trainer/engine/backend';
import { loadData } from '../../../src/trainer/data/load';
import { planTraining, type TrainingPlan } from '../../../src/trainer/training/plan';
import { BlockRangeTraining, type BlockRangeCalls } from '../../../src/trainer/service/pool/blockRange';
import { WorkBalance, splitBlocks } from '../../../src/trainer/service/pool/workSplit';
import type { Helper, HelperSource } from '../../../src/trainer/service/pool/helperThreads';
import { ParallelStepRunner } from '../../../src/trainer/service/pool/parallelStepRunner';
import { LocalStepRunner, type StepRunner } from '../../../src/trainer/training/stepRunner';

describe('trainer: split of the blocks', () => {
  it('are equal for threads that are equally fast', () => {
    assert.deepEqual(splitBlocks(10, [1, 1]), [5, 5]);
    assert.deepEqual(splitBlocks(10, [1, 1, 1]), [4, 3, 3]);
    assert.deepEqual(splitBlocks(3, [1, 1, 1]), [1, 1, 1]);
  });

  it('let threads of different speed end together, and each has at least one block', () => {
    assert.deepEqual(splitBlocks(10, [1, 1.5]), [6, 4]);
    assert.deepEqual(splitBlocks(10, [4, 1]), [2, 8]);
    assert.deepEqual(splitBlocks(4, [100, 1]), [1, 3]);
  });

  it('change where one thread has been much slower for some time, and not before', () => {
    const turn = (own: number, other: number) => [{ steps: 10, milliseconds: own }, { steps: 10, milliseconds: other }]; // prettier-ignore
    const balance = new WorkBalance([5, 5], 1);
    for (let k = 0; k < 7; k++) assert.equal(balance.add(turn(30, 50)), undefined);
    assert.deepEqual(balance.add(turn(30, 50)), [6, 4]);
    // So little apart is left as it is.
    for (let k = 0; k < 20; k++) assert.equal(balance.add(turn(48, 50)), undefined);
    // Where sharing out anew takes long, it is done seldom.
    const heavy = new WorkBalance([5, 5], 50);
    for (let k = 0; k < 19; k++) assert.equal(heavy.add(turn(30, 50)), undefined);
    assert.deepEqual(heavy.add(turn(30, 50)), [6, 4]);
  });
});

describe('trainer: blocks with a slow helper', function () {
  this.timeout(30_000);
  let plan: TrainingPlan;

  before(async () => {
    await startBackend(path.resolve('dist'));
    const experiment = experimentSchema.parse({
      version: 1,
      schedules: [{ id: 'linear-gamma' }],
      data: { id: 'two-moons', params: { n: 300 } },
      model: { id: 'dt', hidden: [16], blocks: 6 },
      training: { steps: 4000, batch: 32, averaging: 0.99 },
    });
    plan = planTraining(experiment, await loadData(experiment, '.'));
  });

  /** A team of one helper in this thread, which says that it took so many times as long as it did. */
  function teamOf(slowness: number, begun: number[]) {
    const part = new BlockRangeTraining(plan);
    const handlers: Handlers<BlockRangeCalls> = {
      begin: ([blocks, saved]) => {
        begun.push(blocks.length);
        return part.begin(blocks, saved);
      },
      advance: ([steps]) => {
        const taken = part.advance(steps);
        return { ...taken, milliseconds: slowness * taken.milliseconds };
      },
      save: () => part.save(),
    };
    const helpers: Helper[] = [{ id: 'slow', ...localCaller(handlers) }];
    const team: HelperSource = {
      version: 1,
      request: () => undefined,
      releaseDismissed: () => helpers,
      drop: () => undefined,
      has: () => true,
    };
    return { team, part };
  }

  const end = async (runner: StepRunner) => {
    const losses: number[] = [];
    while (runner.step < plan.steps) assert.ok(await runner.advance(plan.steps, ({ loss }) => losses.push(loss)));
    const { weights, state, random } = await runner.save();
    runner.dispose();
    return { losses, weights, state, random };
  };

  it('moves blocks to the fast one, and gives the same result bit for bit', async () => {
    const alone = await end(new LocalStepRunner(plan));
    const begun: number[] = [];
    const { team, part } = teamOf(50, begun);
    assert.deepEqual(await end(new ParallelStepRunner(plan, team)), alone);
    part.dispose();
    assert.equal(begun[0], 3, 'half at first');
    assert.ok(begun.length > 1 && begun.at(-1)! <= 2, begun.join());
  });
});
