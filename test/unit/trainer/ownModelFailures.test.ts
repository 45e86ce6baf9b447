import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { describeWithPython } from '../support/python';
import { experimentOf, failure, ModelFolder, own } from './modelFolder';

// The trainer's thread is that of 'dist'.
describeWithPython('what may go wrong with a model of the reader', [], (python) => {
  const models = new ModelFolder(python);

  it('what the file prints goes to the log, and never between the answers', async () => {
    const lines = [
      'import os, sys, subprocess',
      'print("loading")',
      'def u(z, t, a, g):',
      '  print("asked"); sys.stdout.write("NPL1"); sys.stdout.flush(); os.write(1, b"raw\\n")',
      '  try: input()',
      '  except EOFError: pass',
      '  return [[0.5] for _ in z]',
    ];
    const { picture } = await models.compare(await models.written('prints.py', lines));
    assert.deepEqual([picture.rows.length, Number.isFinite(picture.rows[0]!.error)], [1, true]);
    const all = models.printed.join('\n');
    for (const word of ['loading', 'asked', 'raw']) assert.ok(all.includes(word), `${word} in ${all}`);
  });

  it('a file that changed is loaded anew', async () => {
    const reached = async (value: number) => {
      const experiment = await models.written('changes.py', [
        `def u(z, *_): return [[${value}.0 for x in row] for row in z]`,
      ]);
      const { rows } = await models.trainer.call('dynamics', [experiment, models.path]);
      return rows[0]!.paths.at(-1)!;
    };
    assert.ok((await reached(1)) > 0.5);
    assert.ok((await reached(-1)) < -0.5);
  });

  const failures: Record<string, { lines: readonly string[]; says: RegExp; rest?: object }> = {
    'an exception names file and line': {
      lines: ['def helper(z):', '  return 1 / 0', 'def u(z, t, a, g):', '  return helper(z)'],
      says: /u of \S+\.py failed:\n(.*\n)*.*\.py", line 4, in u\n(.*\n)*.*\.py", line 2, in helper\n(.*\n)*ZeroDivisionError/,
    },
    'a file that cannot be loaded': {
      lines: ['x = ('],
      says: /could not be loaded:\n(.*\n)*.*line 1(.*\n)*SyntaxError/,
    },
    'a function that is not there': { lines: ['def other(z): pass'], says: /no function u in it, only: other/ },
    'a wrong shape': { lines: ['def u(z, *_): return z + z'], says: /returned 10 x 1 where 5 x 1 is needed/ },
    'rows of different lengths': { lines: ['def u(z, *_): return z[1:] + [[1, 2]]'], says: /different lengths/ },
    'no numbers': { lines: ['def u(z, *_): pass'], says: /returned 'NoneType' where 5 x 1 numbers are needed/ },
    'NaN': { lines: ['def u(z, *_): return [[float("nan")] for _ in z]'], says: /u of \S+\.py at t = .*number 1 of 5 is NaN/ }, // prettier-ignore
    'an early death': {
      lines: ['import os, sys', 'def u(z, *_):', '  print("the end", file=sys.stderr); os._exit(7)'],
      says: /Python ended with exit code 7 before \S+\.py had answered; its last words:\nthe end/,
    },
    'a hang': {
      lines: ['import time', 'def u(z, *_): time.sleep(100)'],
      rest: { timeout: 1 },
      says: /did not answer for 5 states at t = \S+ within 1 s: make it faster, or raise denoiser.timeout/,
    },
  };
  for (const [what, { lines, says, rest }] of Object.entries(failures))
    it(`${what}: ${'it'} is said, and the next call works`, async () => {
      const name = `${what.replace(/\W+/g, '-')}.py`;
      const error = await failure(models.compare(await models.written(name, lines, rest)));
      assert.match(error.message, says);
      assert.equal(error.code, 'input');
      const { picture } = await models.compare(await models.written('fine.py', ['def u(z, *_): return z']));
      assert.equal(picture.rows.length, 1);
    });

  it('is run only in a trusted workspace, from an allowed place', async () => {
    const experiment = await models.written('fine.py', ['def u(z, *_): return z']);
    const refused = async (trusted: boolean) =>
      (await failure(models.compare(experiment, path.join(models.path, 'other', '..'), models.serviceOf({ files: { trusted, folders: [], files: [] } })))).code; // prettier-ignore
    assert.equal(await refused(false), 'untrusted');
    const outside = experimentOf({ ...own('../fine.py') });
    await fs.mkdir(path.join(models.path, 'other'), { recursive: true });
    const service = models.serviceOf({ files: { trusted: true, folders: [], files: [] } });
    assert.equal((await failure(models.compare(outside, path.join(models.path, 'other'), service))).code, 'outside');
    assert.equal((await models.compare(experiment, models.path, service)).picture.rows.length, 1);
  });

  it('a file that is not there, and a start that it cannot give', async () => {
    assert.match((await failure(models.compare(experimentOf(own('none.py'))))).message, /none\.py: there is no such file; set denoiser\.file/); // prettier-ignore
    assert.match((await failure(models.compare(experimentOf(own('data.csv'))))).message, /must be a file of Python, \.py: got data\.csv/); // prettier-ignore
    const exact = await models.written('fine.py', ['def u(z, *_): return z'], {}, { start: 'exact' });
    assert.match((await failure(models.compare(exact))).message, /the exact start needs the law of the data/);
  });

  it('a Python that is missing, and a program that is none', async () => {
    const experiment = await models.written('fine.py', ['def u(z, *_): return z']);
    const missing = await failure(
      models.compare(experiment, models.path, models.serviceOf({ python: '/none/python3' })),
    );
    assert.match(missing.message, /there is no Python at \/none\/python3.*noprop\.python.*NOPROP_PYTHON/);
    const other = await failure(
      models.compare(experiment, models.path, models.serviceOf({ python: process.execPath })),
    );
    assert.match(other.message, /Python ended with exit code 1|SyntaxError/);
    const garbage = path.join(models.path, 'garbage.py');
    await fs.writeFile(garbage, '#!/bin/sh\necho hello\nsleep 30\n', { mode: 0o755 });
    if (process.platform === 'win32') return;
    const said = await failure(models.compare(experiment, models.path, models.serviceOf({ python: garbage })));
    assert.match(said.message, /does not answer as a Python does, but: "hello/);
  });
});
