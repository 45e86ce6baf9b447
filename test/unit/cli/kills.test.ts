import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Random } from '../../../src/core/math/random';
import { readRecord } from '../../../src/trainer/runs/runFolder';
import { differences, killAfter, runsIn, stepsApart } from '../support/kills';
import { nopropProcess, script } from './noprop';

/** Kinds of training, each with all that a save holds: EMA, early stopping, a learned schedule, checkpoints, blocks. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  'CT with an average and checkpoints': ['training.averaging=0.9', 'training.checkpoints=150'],
  'DT over threads': ['model.id=dt', 'model.blocks=4', 'training.checkpoints=170'],
  'CT with a learned schedule': ['schedules=[{"id":"learned","params":{"gammaMin":-5,"gammaMax":6}}]'],
  'FM with early stopping': ['model.id=fm', 'training.patience=39', 'training.checkpoints=130'],
};
const STEPS = 2000;

describe('command line: a training that is killed', function () {
  this.timeout(120_000);
  let dir = '';
  const random = Random.stream(11, 'noise');

  before(() => (dir = fs.mkdtempSync(path.join(os.tmpdir(), 'noprop-kills-'))));
  after(() => fs.rmSync(dir, { recursive: true }));

  for (const [name, settings] of Object.entries(KINDS))
    it(`${name}: killed at any moment, all is of one step, and its end has no byte that differs`, async () => {
      const file = path.join(dir, 'moons.noprop.json');
      fs.writeFileSync(
        file,
        JSON.stringify({
          version: 1,
          name,
          schedules: [{ id: 'linear-gamma' }],
          data: { id: 'two-moons', params: { n: 300 } },
        }),
      );
      const all = [`training.steps=${STEPS}`, 'model.hidden=[12]', 'training.batch=16', ...settings];
      const train = (out: string) => [script, 'train', file, '--out', path.join(dir, out), '--workers', '2', ...all.flatMap((one) => ['--set', one])]; // prettier-ignore
      const [wholeRuns, partRuns] = [path.join(dir, `whole ${name}`), path.join(dir, `part ${name}`)];
      const begun = performance.now();
      const { status, stderr } = nopropProcess(...train(`whole ${name}`).slice(1));
      assert.equal(status, 0, stderr);
      const time = performance.now() - begun;
      for (let kills = 0; kills < 2;) {
        const [run] = runsIn(partRuns);
        if (run && (await readRecord(run)).state === 'done') fs.rmSync(partRuns, { recursive: true });
        const args = run && fs.existsSync(run) ? [script, 'resume', run] : train(`part ${name}`);
        if (!(await killAfter(time * random.uniform(), dir, ...args))) continue;
        for (const killed of runsIn(partRuns)) {
          assert.deepEqual(await stepsApart(killed), []);
          assert.equal((await readRecord(killed)).state === 'running', false);
          kills++;
        }
      }
      const [run] = runsIn(partRuns);
      if ((await readRecord(run!)).state !== 'done') assert.equal(nopropProcess('resume', run!).status, 0);
      assert.deepEqual(differences(run!, runsIn(wholeRuns)[0]!), []);
      assert.ok(!fs.existsSync(path.join(run!, 'run.lock')));
    });
});
