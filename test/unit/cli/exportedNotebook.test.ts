import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { describeWithPython, pythonJson, pythonWith } from '../support/python';
import { noprop, script } from './noprop';

/** What nbformat 4.5 allows of the cells that we write. */
const cell = { id: z.string().regex(/^[a-zA-Z0-9-_]{1,64}$/), metadata: z.object({}), source: z.array(z.string()) };
const format = z.strictObject({
  nbformat: z.literal(4),
  nbformat_minor: z.literal(5),
  metadata: z.object({
    kernelspec: z.object({ name: z.string(), display_name: z.string() }),
    language_info: z.object({ name: z.string() }),
  }),
  cells: z.array(
    z.discriminatedUnion('cell_type', [
      z.strictObject({ cell_type: z.literal('markdown'), ...cell }),
      z.strictObject({ cell_type: z.literal('code'), ...cell, outputs: z.tuple([]), execution_count: z.null() }),
    ]),
  ),
});

const experiment = {
  version: 1,
  name: "It's \"quoted\": '''\\ and\nbroken $x$",
  schedules: [{ id: 'cosine' }, { id: 'linear-gamma' }],
  data: { id: 'two-moons', params: { n: 120 } },
  model: { hidden: [8] },
  training: { steps: 20, batch: 16 },
  comparison: { integrators: ['euler', 'heun'], steps: [4, 8], paths: 8 },
};

describeWithPython('an exported notebook', ['numpy'], (python) => {
  // By its path, for there is a test without a PATH.
  const interpreter = pythonJson<string>(python, 'import json, sys\nprint(json.dumps(sys.executable))');
  let folder = '';
  const at = (name: string) => path.join(folder, name);

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'noprop-notebook-'));
    writeFileSync(at('noprop'), `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`);
    writeFileSync(at('noprop.cmd'), `@"${process.execPath}" "${script}" %*\r\n`);
    chmodSync(at('noprop'), 0o755);
  });
  after(() => rmSync(folder, { recursive: true }));

  async function exported(rest: object): Promise<z.infer<typeof format>> {
    writeFileSync(at('one.noprop.json'), JSON.stringify({ ...experiment, ...rest }));
    const { status, stderr } = await noprop('export', at('one.noprop.json'), '--format', 'notebook', '--out', at('one.ipynb'), '--force'); // prettier-ignore
    assert.equal(status, 0, stderr);
    return format.parse(JSON.parse(readFileSync(at('one.ipynb'), 'utf8')));
  }

  /** What the code cells print, run one after the other with `noprop` on the PATH or without. */
  function run({ cells }: z.infer<typeof format>, before = '', PATH = `${folder}${path.delimiter}${process.env.PATH}`) {
    const code = cells.filter((one) => one.cell_type === 'code').map(({ source }) => source.join(''));
    writeFileSync(at('cells.json'), JSON.stringify(code));
    const input = `import json, sys\nsys.modules["matplotlib"] = None\nspace = {}\nfor cell in json.load(open("cells.json", encoding="utf-8")):\n    exec(cell.replace("RUN = None ", ${JSON.stringify(before || 'RUN = None ')}), space)\n`; // prettier-ignore
    return spawnSync(interpreter, ['-'], { input, cwd: folder, encoding: 'utf8', env: { ...process.env, PATH } });
  }

  it('is valid, and its cells plot, train and compare', async () => {
    const notebook = await exported({});
    assert.equal(new Set(notebook.cells.map(({ id }) => id)).size, notebook.cells.length);
    const { status, stdout, stderr } = run(notebook);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /Signal share\n {2}Cosine: \(0, /);
    assert.match(stdout, /Overshoot term\n {2}Cosine: \(0, 0\.5\).*\(1, 1\)\n {2}Linear/);
    assert.match(stdout, /state done\nstep 20\ntrainAccuracy 0?\.?\d+/);
    assert.match(stdout, /Training\n {2}loss: \(\d+, /);
    assert.match(stdout, /Integrators\n {2}euler, Uniform in t: \(4, .*\(8, /);
    const written = JSON.parse(readFileSync(at('one.notebook.noprop.json'), 'utf8')) as { name: string };
    assert.equal(written.name, experiment.name);
    const runFolder = /"run": "(.*)"/.exec((await noprop('train', at('one.noprop.json'), '--json', '--out', at('own'))).stdout)![1]!; // prettier-ignore
    const read = run(notebook, `RUN = ${JSON.stringify(runFolder)} `);
    assert.equal(read.status, 0, read.stderr);
    assert.match(read.stdout, /state done/);
  });

  it('compares on u in closed form where the model has no path of its own', async () => {
    const { status, stdout, stderr } = run(await exported({ model: { id: 'backprop', hidden: [8] } }));
    assert.equal(status, 0, stderr);
    assert.match(stdout, /u: Mixture of two Gaussians[^]*Integrators\n {2}euler/);
  });

  it('says what is missing where there is no command noprop', async () => {
    const { status, stdout, stderr } = run(await exported({}), '', at('nowhere'));
    assert.notEqual(status, 0);
    assert.match(stdout, /Overshoot term/);
    assert.match(stderr, /FileNotFoundError: the command noprop is not on the PATH/);
  });

  it('is valid by the schema of nbformat', async function () {
    const withFormat = pythonWith('nbformat');
    if (!withFormat) this.skip();
    await exported({});
    const check = 'import json, sys, nbformat\nnbformat.validate(nbformat.read(sys.argv[1], as_version=4))\nprint(json.dumps("valid"))'; // prettier-ignore
    assert.equal(pythonJson(withFormat, check, [at('one.ipynb')]), 'valid');
  });
});
