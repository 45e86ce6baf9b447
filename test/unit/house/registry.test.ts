import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { addSchedule } from './newSchedule';

describe('adding a schedule', () => {
  // inside the project, so that packages are found
  const copy = path.resolve('out/registry');
  const bundle = (entry: string, out: string) =>
    buildSync({
      absWorkingDir: copy,
      entryPoints: [entry],
      outfile: out,
      bundle: true,
      platform: 'node',
      mainFields: ['module', 'main'],
      external: ['fast-check'],
      logLevel: 'error',
    });

  before(() => {
    rmSync(copy, { recursive: true, force: true });
    mkdirSync(copy, { recursive: true });
    for (const room of ['src', 'test/unit']) cpSync(room, path.join(copy, room), { recursive: true });
    addSchedule(copy);
  });
  after(() => rmSync(copy, { recursive: true, force: true }));

  it('is one file and one row: the parametrised tests run on it and pass', () => {
    for (const name of ['schedules', 'document']) bundle(`test/unit/core/${name}.test.ts`, `${name}.test.js`);
    const mocha = path.resolve('node_modules/mocha/bin/mocha.js');
    const { stdout } = spawnSync(
      process.execPath,
      [mocha, '--timeout', '60000', '--reporter', 'json', 'schedules.test.js', 'document.test.js'],
      {
        cwd: copy,
        encoding: 'utf8',
      },
    );
    const { passes, failures } = JSON.parse(stdout) as Record<'passes' | 'failures', { title: string }[]>;
    assert.deepEqual(failures, []);
    assert.ok(passes.filter(({ title }) => title.startsWith('quadratic-gamma')).length >= 5);
  });

  it('the schema and the command line know it', () => {
    bundle('src/core/experiment/jsonSchema.ts', 'jsonSchema.js');
    const print = `process.stdout.write(JSON.stringify(require('./jsonSchema.js').jsonSchema()))`;
    assert.match(
      spawnSync(process.execPath, ['-e', print], { cwd: copy, encoding: 'utf8' }).stdout,
      /"quadratic-gamma"/,
    );
    bundle('src/cli/main.ts', 'cli.js');
    const { stdout } = spawnSync(process.execPath, ['cli.js', 'schedule', 'quadratic-gamma', '--at', '0.5', '--json'], {
      cwd: copy,
      encoding: 'utf8',
    });
    assert.equal((JSON.parse(stdout) as { rows: [{ logSnr: number }] }).rows[0].logSnr, 6);
  });
});
