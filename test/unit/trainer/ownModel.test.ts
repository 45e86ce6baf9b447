import assert from 'node:assert/strict';
import path from 'node:path';
import { eventually } from '../../harness/wait';
import { integratorIds } from '../../../src/core/integrators';
import type { TaskProgress } from '../../../src/protocol/progress';
import { describeWithPython } from '../support/python';
import { experimentOf, failure, ModelFolder, own } from './modelFolder';

// The trainer's thread is that of 'dist'.
const samples = path.resolve('media/guide/own-model');

/** Whether no process has this id. */
function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

describeWithPython('a model of the reader in Python', [], (python) => {
  const models = new ModelFolder(python);

  it('gives the rows of the lab’s own mixture for every method', async () => {
    const noisy = (id: string) => ['euler-maruyama', 'posterior-step', 'sra1'].includes(id);
    for (const noise of [false, true]) {
      const rest = {
        dynamics: { id: 'noprop-forward', noise },
        comparison: { integrators: integratorIds.filter((id) => noisy(id) === noise), steps: [16], tolerances: noise ? [] : [1e-3], paths: 12 }, // prettier-ignore
      };
      const lab = (await models.compare(experimentOf(rest))).picture;
      const python = (await models.compare(experimentOf({ ...rest, ...own('mixture.py') }), samples)).picture;
      assert.ok(lab.rows.length >= integratorIds.filter((id) => noisy(id) === noise).length);
      assert.equal(python.rows.length, lab.rows.length);
      lab.rows.forEach((row, i) => {
        const other = python.rows[i]!;
        const name = `${row.integrator} ${row.tolerance ?? row.steps}`;
        assert.equal(other.status, row.status, name);
        assert.equal(other.evaluations, row.evaluations, name);
        const apart = Math.abs(other.error - row.error);
        assert.ok(apart <= 1e-6 || (Number.isNaN(other.error) && Number.isNaN(row.error)), `${name}: ${other.error} and ${row.error}`); // prettier-ignore
      });
    }
  });

  it('draws the dynamics of the mixture, and reports how far it is', async () => {
    const progress: TaskProgress[] = [];
    const rest = { comparison: { paths: 12 }, overlays: ['probability-flow'], integrator: { id: 'rk4', steps: 40 } };
    const lab = await models.trainer.call('dynamics', [experimentOf(rest), models.path]);
    const made = await models.trainer.call('dynamics', [experimentOf({ ...rest, ...own('mixture.py') }), samples], {
      onProgress: (one) => void progress.push(one),
    });
    assert.equal(made.truth, undefined);
    assert.match(made.problem, /u of mixture\.py/);
    made.rows.forEach(({ paths }, i) =>
      paths.forEach((z, k) => assert.ok(Math.abs(z - lab.rows[i]!.paths[k]!) < 1e-5, `${i} ${k}: ${z}`)),
    );
    assert.ok(made.field);
  });

  it('follows the paths of rows of a comparison', async () => {
    const experiment = experimentOf({ comparison: { steps: [8], paths: 12 }, ...own('mixture.py') });
    const choice = { integrator: 'heun', grid: 'uniform-t', steps: 8 };
    const paths = await models.trainer.call('comparedPaths', [{ experiment, folder: samples }, [choice]]);
    assert.equal(paths.lines.length, 2);
    for (const { states } of paths.lines) assert.ok(states.every(Number.isFinite));
  });

  it('each prediction is turned into u', async () => {
    const lines = (answer: string) => [
      'import math',
      'def u(z, t, a, g):',
      '  r, s = math.sqrt(a), math.sqrt(1 - a)',
      '  clean = lambda x: 0.25 + 0.1 * x',
      `  return [[${answer} for x in row] for row in z]`,
    ];
    const noise = '(x - r * clean(x)) / s';
    const answers = {
      sample: 'clean(x)',
      epsilon: noise,
      v: `r * ${noise} - s * clean(x)`,
      velocity: `clean(x) - ${noise}`,
      score: `-(x - r * clean(x)) / s ** 2`,
    };
    const errors: number[][] = [];
    for (const [prediction, answer] of Object.entries(answers)) {
      const rest = { comparison: { integrators: ['euler', 'exponential-1'], steps: [8], paths: 20 } };
      const window = { window: { logSnr: 4 } };
      const experiment = await models.written(
        `${prediction}.py`,
        lines(answer),
        { prediction },
        { ...rest, ...window },
      );
      errors.push((await models.compare(experiment)).picture.rows.map(({ error }) => error));
    }
    assert.ok(errors[0]!.every((error) => error > 1e-4));
    for (const one of errors)
      one.forEach((error, k) => assert.ok(Math.abs(error - errors[0]![k]!) < 1e-5, JSON.stringify(errors)));
  });

  it('a cancel ends a process that does not answer', async () => {
    const lines = [
      'import os, time',
      'print("pid", os.getpid())',
      'def u(z, *_):',
      '  print("hangs"); time.sleep(100)',
    ];
    const experiment = await models.written('cancelled.py', lines);
    const stopping = new AbortController();
    const service = models.serviceOf({
      onPrint(line) {
        models.printed.push(line);
        if (line === 'hangs') stopping.abort();
      },
    });
    const call = service.call('compare', [{ experiment, folder: models.path }], { signal: stopping.signal });
    assert.equal((await failure(call)).code, 'cancelled');
    const pid = Number(/pid (\d+)/.exec(models.printed.join('\n'))![1]);
    await eventually('the process is gone', () => isGone(pid));
  });

  it('a comparison that is cancelled answers with the rows that are done', async () => {
    const experiment = await models.written('slow.py', ['import time', 'def u(z, *_):', '  time.sleep(0.002); return z'], {}, {
      comparison: { integrators: ['euler', 'heun'], steps: [8, 16, 4096], paths: 5 },
    }); // prettier-ignore
    const stopping = new AbortController();
    const { picture } = await models.trainer.call('compare', [{ experiment, folder: models.path }], {
      signal: stopping.signal,
      onProgress: ({ done }) => done >= 3 && stopping.abort(),
    });
    assert.match(picture.verdict, /^Cancelled after \d of/);
    assert.ok(picture.rows.length >= 2 && picture.rows.length < 6);
  });
});

const ARRAYS: Record<string, readonly string[]> = {
  numpy: ['import numpy as np', 'def u(z, *_): return 0.5 * np.asarray(z, dtype="f8")'],
  torch: ['import torch', 'w = torch.nn.Parameter(torch.tensor(0.5))', 'def u(z, *_): return w * torch.as_tensor(z)'],
};
for (const [name, lines] of Object.entries(ARRAYS))
  describeWithPython(`a model of the reader with ${name}`, [name], (python) => {
    const models = new ModelFolder(python);

    it('is taken as plain lists are', async () => {
      const error = async (file: string, text: readonly string[]) =>
        (await models.compare(await models.written(file, text, { dimension: 2 }))).picture.rows[0]!.error;
      const plain = await error('plain.py', ['def u(z, *_): return [[0.5 * x for x in row] for row in z]']);
      assert.ok(plain > 1e-3);
      assert.ok(Math.abs((await error('arrays.py', lines)) - plain) < 1e-6);
      const wrong = await models.written('wrong.py', [...lines, 'old = u', 'def u(z, *_): return old(z)[:, :1]'], { dimension: 2 }); // prettier-ignore
      assert.match((await failure(models.compare(wrong))).message, /returned 5 x 1 where 5 x 2 is needed/);
    });
  });
