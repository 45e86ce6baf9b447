import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { addRow, newRows, type NewRow } from './newRows';

/** The tests of src/core, many of which are parametrised over registries. */
const TESTS = readdirSync('test/unit/core').filter((name) => name.endsWith('.test.ts'));

/** Titles of tests that measure time, which a copy's rows do not change. */
const TIMED = 'quick enough|does not depend on the length';

/** What the copy of the core knows. */
interface Known {
  readonly catalogue: Readonly<Record<string, readonly { id: string; title: string; summary: string }[]>>;
  readonly schema: string;
  /** Of each document given: what is wrong with it. */
  readonly problems: readonly string[][];
}

const REPORT = `
import { parseExperiment } from './src/core/experiment/document';
import { newExperiment } from './src/core/experiment/experiment';
import { jsonSchema } from './src/core/experiment/jsonSchema';
import { catalogue } from './src/core/reference/catalogue';

const documents = JSON.parse(process.argv[2]);
const problems = documents.map((parts) =>
  parseExperiment(JSON.stringify({ ...newExperiment(), ...parts })).problems.map(({ message }) => message));
process.stdout.write(JSON.stringify({ catalogue, schema: JSON.stringify(jsonSchema()), problems }));
`;

/** What the compiler says of the copy's core. */
function typesOf(copy: string): Promise<string> {
  const tsc = path.resolve('node_modules/typescript/bin/tsc');
  const child = spawn(process.execPath, [tsc, '-p', 'src/core', '--noEmit'], { cwd: copy });
  const lines: string[] = [];
  child.stdout.on('data', (data: Buffer) => lines.push(String(data)));
  return new Promise((resolve) => child.on('close', () => resolve(lines.join(''))));
}

describe('adding a row to a registry', function () {
  this.timeout(120_000);
  // inside the project, so that packages are found
  const copy = path.resolve('out/registry');
  const run = (file: string, ...args: string[]) =>
    spawnSync(process.execPath, [file, ...args], { cwd: copy, encoding: 'utf8', maxBuffer: 2 ** 26 });
  const touched = new Map<NewRow, readonly string[]>();
  let known: Known;
  let types: Promise<string>;
  let titles: { readonly passes: readonly string[]; readonly failures: readonly string[] };

  before(async () => {
    rmSync(copy, { recursive: true, force: true });
    mkdirSync(copy, { recursive: true });
    for (const room of ['src', 'test/unit', 'media/samples', 'tsconfig.json'])
      cpSync(room, path.join(copy, room), { recursive: true });
    for (const row of newRows) touched.set(row, addRow(copy, row));
    types = typesOf(copy);
    writeFileSync(path.join(copy, 'report.ts'), REPORT);
    const tests = TESTS.map((name) => `import './test/unit/core/${name.slice(0, -3)}';`).join('\n');
    writeFileSync(path.join(copy, 'tests.ts'), tests);
    await build({
      absWorkingDir: copy,
      entryPoints: { report: 'report.ts', tests: 'tests.ts', cli: 'src/cli/main.ts' },
      outdir: 'built',
      bundle: true,
      splitting: false,
      platform: 'node',
      mainFields: ['module', 'main'],
      external: ['fast-check'],
      loader: { '.csv': 'text' },
      logLevel: 'error',
    });
    const documents = newRows.map(({ document = {} }) => document);
    known = JSON.parse(run('built/report.js', JSON.stringify(documents)).stdout) as Known;
    const { stdout, stderr } = run(path.resolve('node_modules/mocha/bin/mocha.js'), '--timeout', '60000', '--reporter', 'json', '--invert', '--grep', TIMED, 'built/tests.js'); // prettier-ignore
    assert.ok(stdout, stderr);
    const report = JSON.parse(stdout) as Record<'passes' | 'failures', { fullTitle: string }[]>;
    const titlesOf = (all: { fullTitle: string }[]) => all.map(({ fullTitle }) => fullTitle);
    titles = { passes: titlesOf(report.passes), failures: titlesOf(report.failures) };
  });
  after(() => rmSync(copy, { recursive: true, force: true }));

  it('the tests of the core pass with a new row in every registry', () => {
    assert.deepEqual(titles.failures, []);
  });

  it('and the types of the core ask for nothing more', async () => {
    assert.equal(await types, '');
  });

  for (const row of newRows)
    it(`${row.what}: ${row.file ? 'one file and one row' : 'one row'}; tests, schema, catalogue and command line know it`, () => {
      assert.equal(touched.get(row)!.length, row.file ? 2 : 1);
      if (row.room.startsWith('src/core'))
        assert.ok(titles.passes.some((title) => title.includes(row.id)), `no test runs on ${row.id}`); // prettier-ignore
      if (row.kind) assert.ok(known.catalogue[row.kind]!.some(({ id }) => id === row.id), 'not in the catalogue'); // prettier-ignore
      if (row.document) assert.ok(known.schema.includes(`"${row.id}"`), 'not in the JSON schema');
      assert.deepEqual(known.problems[newRows.indexOf(row)], []);
    });

  it('the command line lists every new row, and uses them', () => {
    const kinds = JSON.parse(run('built/cli.js', 'list', '--json').stdout) as Known['catalogue'];
    for (const { kind, id } of newRows) if (kind) assert.ok(kinds[kind]!.some((row) => row.id === id), id); // prettier-ignore
    assert.equal(run('built/cli.js', 'count').stdout, `${kinds.schedules!.length}\n`);
    const schedule = run('built/cli.js', 'schedule', 'quadratic-gamma', '--at', '0.5', '--json', '--modifier', 'octaves'); // prettier-ignore
    const { rows, diagnostics } = JSON.parse(schedule.stdout) as { rows: [{ logSnr: number }]; diagnostics: { id: string }[] }; // prettier-ignore
    assert.equal(rows[0].logSnr, 6 + Math.LN2);
    assert.ok(diagnostics.some(({ id }) => id === 'middle'));
    const file = path.join(copy, 'new.noprop.json');
    const parts = Object.assign({}, ...newRows.map(({ document }) => document)) as object;
    writeFileSync(file, JSON.stringify({ version: 1, ...parts, comparison: { norm: 'absolute', integrators: ['heun3'], steps: [4] } })); // prettier-ignore
    const compared = run('built/cli.js', 'compare', file, '--table', 'tsv');
    assert.match(
      compared.stdout,
      /^method\t.*\tMean absolute error\t[^]*\nHeun, third order\tSine\t4\t/,
      compared.stderr,
    );
    assert.equal(run('built/cli.js', 'export', file, '--format', 'names', '--out', path.join(copy, 'names.txt')).status, 0); // prettier-ignore
    assert.equal(readFileSync(path.join(copy, 'names.txt'), 'utf8').split('\n').length, 2);
  });
});
