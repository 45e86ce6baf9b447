import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';

const FAMILY = `import { logExpm1 } from '../stable';
import { defineSchedule } from './schedule';

export const constantBeta = defineSchedule({
  id: 'constant-beta',
  title: 'Constant beta',
  summary: 'Noise at a constant rate.',
  equation: '\\\\Delta = \\\\beta s',
  source: 'a test',
  parameters: {
    beta: { symbol: 'β', summary: 'noise rate', default: 12, min: 0, max: 100, open: 'min', slider: [1, 30], unit: 'per unit time' },
  },
  create: ({ beta }) => ({
    logSnr: (t) => -logExpm1(beta * (1 - t)),
    logSnrRate: (t) => (t === 1 ? Infinity : beta / -Math.expm1(-beta * (1 - t))),
    endRates: [beta * Math.exp(-beta), beta],
  }),
});
`;

/** Adds a schedule the way the README says, to a copy of the project: one file and one row. */
export function addSchedule(copy: string): void {
  const room = path.join(copy, 'src/core/schedules');
  writeFileSync(path.join(room, 'constantBeta.ts'), FAMILY);
  const index = readFileSync(path.join(room, 'index.ts'), 'utf8');
  const withRow = index
    .replace("import { cosine } from './cosine';", "import { constantBeta } from './constantBeta';\n$&")
    .replace('[linearGamma, ', '[constantBeta, linearGamma, ');
  assert.notEqual(withRow, index);
  writeFileSync(path.join(room, 'index.ts'), withRow);
}

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
    for (const name of ['schedules', 'document']) bundle(`test/unit/${name}.test.ts`, `${name}.test.js`);
    const mocha = path.resolve('node_modules/mocha/bin/mocha.js');
    const { stdout } = spawnSync(
      process.execPath,
      [mocha, '--reporter', 'json', 'schedules.test.js', 'document.test.js'],
      {
        cwd: copy,
        encoding: 'utf8',
      },
    );
    const { passes, failures } = JSON.parse(stdout) as Record<'passes' | 'failures', { title: string }[]>;
    assert.deepEqual(failures, []);
    assert.ok(passes.filter(({ title }) => title.startsWith('constant-beta')).length >= 5);
  });

  it('the schema and the command line know it', () => {
    bundle('src/core/jsonSchema.ts', 'jsonSchema.js');
    const print = `process.stdout.write(JSON.stringify(require('./jsonSchema.js').jsonSchema()))`;
    assert.match(spawnSync(process.execPath, ['-e', print], { cwd: copy, encoding: 'utf8' }).stdout, /"constant-beta"/);
    bundle('src/cli/main.ts', 'cli.js');
    const { stdout } = spawnSync(process.execPath, ['cli.js', 'schedule', 'constant-beta', '--at', '0.5', '--json'], {
      cwd: copy,
      encoding: 'utf8',
    });
    assert.equal((JSON.parse(stdout) as { rows: [{ cumulativeNoise: number }] }).rows[0].cumulativeNoise, 6);
  });
});
