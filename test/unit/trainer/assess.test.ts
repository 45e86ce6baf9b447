import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { experimentSchema } from '../../../src/core/experiment/experiment';
import { Random } from '../../../src/core/math/random';
import type { TaskProgress } from '../../../src/protocol/progress';
import { CodedError } from '../../../src/core/registry/problem';
import { TrainerService } from '../../../src/trainer/service/trainerService';

/** Rows whose label says nothing of x: 70 in a hundred are "a". */
function coinCsv(n: number): string {
  const random = Random.stream(3, 'data');
  const rows = Array.from({ length: n }, (_, i) => `${random.normal()},${random.normal()},${i % 10 < 7 ? 'a' : 'b'}`);
  return `p,q,label\n${rows.join('\n')}\n`;
}

describe('trainer: evaluation of runs', function () {
  this.timeout(60_000);
  let folder = '';
  const reports: TaskProgress[] = [];
  const onProgress = (progress: TaskProgress) => void reports.push(progress);
  let trainer: TrainerService;
  const train = async (rest: object) => {
    const experiment = experimentSchema.parse({
      version: 1,
      name: 'Evaluated',
      schedules: [{ id: 'linear-gamma' }],
      ...rest,
    });
    const record = await trainer.call('train', [{ experiment, folder, runs: path.join(folder, 'runs') }]);
    assert.equal(record.state, 'done');
    return { record, run: path.join(folder, 'runs', record.id) };
  };

  before(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-assess-'));
    await fs.writeFile(path.join(folder, 'coin.csv'), coinCsv(2000));
    trainer = new TrainerService(path.resolve('dist'));
  });
  after(() => fs.rm(folder, { recursive: true }));

  it('under the probability flow, votes give the frequency of a class that does not depend on x', async () => {
    const { run } = await train({
      data: { id: 'csv', path: 'coin.csv', label: 'label', testShare: 0.3 },
      model: { hidden: [32, 32] },
      training: { steps: 3000, batch: 256, weightCap: 1e9, learningRate: 0.003, averaging: 0.99 },
      dynamics: 'probability-flow',
      integrator: { id: 'heun', steps: 30 },
    });
    const { probabilities } = await trainer.call('assess', [run]);
    assert.equal(probabilities?.rule, 'votes');
    assert.equal(probabilities?.starts, 16);
    const { confidence, accuracy, error } = probabilities.calibration;
    // 16 votes for .7: the larger share is .72 on average, and right in .7 of the rows
    assert.ok(Math.abs(confidence - 0.72) < 0.06, `confidence ${confidence}`);
    assert.ok(Math.abs(accuracy - 0.7) < 0.06, `accuracy ${accuracy}`);
    assert.ok(error < 0.12, `error ${error}`);
  });

  describe('on two moons', () => {
    let run = '';
    let accuracy = NaN;
    before(async () => {
      const made = await train({
        data: { id: 'two-moons', params: { n: 600 } },
        model: { hidden: [32, 32] },
        training: { steps: 1200, learningRate: 0.01 },
      });
      ({ run } = made);
      accuracy = made.record.testAccuracy!;
    });

    it('accuracy by steps ends at the run’s own accuracy, with one Euler call per step', async () => {
      reports.length = 0;
      const curve = await trainer.call('stepCurve', [run, [1, 2, 20, 40]], { onProgress });
      assert.deepEqual(curve.steps, [1, 2, 20, 40]);
      assert.equal(curve.rows, 120);
      assert.ok(curve.scores.every((value) => value >= 0.4 && value <= 1));
      const own = experimentSchema.parse({ version: 1, schedules: [{ id: 'linear-gamma' }] }).integrator;
      const again = await trainer.call('stepCurve', [run, [own.steps]]);
      assert.equal(again.scores[0], accuracy);
      assert.equal(again.evaluations[0]! % own.steps, 0);
      assert.deepEqual(
        reports.slice(0, 4).map(({ what, done, total }) => [what, done, total]),
        [1, 2, 3, 4].map((done) => ['step counts', done, 4]),
      );
    });

    it('an assessment is stored, and computed again after the run was resumed', async () => {
      const first = await trainer.call('assess', [run]);
      reports.length = 0;
      assert.deepEqual(await trainer.call('assess', [run], { onProgress }), first);
      assert.equal(reports.length, 0);
      const file = path.join(run, 'run.json');
      const record = JSON.parse(await fs.readFile(file, 'utf8')) as object;
      await fs.writeFile(file, JSON.stringify({ ...record, updated: new Date().toISOString() }));
      assert.deepEqual(await trainer.call('assess', [run], { onProgress }), first);
      assert.equal(reports.length, 16);
    });

    it('can be cancelled between two starts or step counts', async () => {
      reports.length = 0;
      const stopping = new AbortController();
      const options = {
        signal: stopping.signal,
        onProgress: (progress: TaskProgress) => {
          onProgress(progress);
          stopping.abort();
        },
      };
      const expected = new CodedError('cancelled', 'the evaluation was cancelled');
      await assert.rejects(trainer.call('stepCurve', [run, [1, 2, 3, 4]], options), expected);
      assert.equal(reports.length, 1);
    });
  });
});
