import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { commands } from '../../../src/cli/commands';
import { outputs, outputSchema } from '../../../src/protocol/outputs';
import { schemaProblem } from '../support/jsonSchema';
import { eventually } from '../../harness/wait';
import { noprop, script } from './noprop';

/** Every place of a JSON value at which an object stands. */
function objectsIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inner : [value as Record<string, unknown>, ...inner];
}

describe('the schemas of what commands print with --json, with dist/cli', function () {
  this.timeout(120_000);
  let folder: string;
  let run: string;
  let numbers: string;
  const sample = (name: string) => path.resolve('media/samples', name);

  /** What a command prints, by the schema that the terminal prints for it. */
  const check = async (...args: string[]): Promise<Record<string, unknown>> => {
    const { stdout, stderr, status } = await noprop(...args, '--json');
    assert.equal(status, 0, stderr);
    const value = JSON.parse(stdout) as Record<string, unknown>;
    const schema = JSON.parse((await noprop('schema', args[0]!)).stdout) as object;
    assert.equal(schemaProblem(schema, value), undefined, args.join(' '));
    return value;
  };

  before(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'schemas-'));
    const out = path.join(folder, 'runs');
    const trained = await check('train', sample('iris.noprop.json'), '--set', 'training.steps=40', '--out', out);
    run = trained.run as string;
    const rows = Array.from({ length: 40 }, (_, k) => `${k / 40},${k / 20}`).join('\n');
    await fs.writeFile(path.join(folder, 'line.csv'), `x,y\n${rows}\n`);
    const data = { id: 'csv', path: 'line.csv', label: 'y', task: 'regression' };
    const line = { version: 1, name: 'Line', schedules: [{ id: 'cosine' }], data, training: { steps: 20 } };
    await fs.writeFile(path.join(folder, 'line.noprop.json'), JSON.stringify(line));
    numbers = (await check('train', path.join(folder, 'line.noprop.json'), '--out', out)).run as string;
  });
  after(() => fs.rm(folder, { recursive: true, force: true }));

  it('there is one for every command with --json, and for no other', () => {
    const printing = commands.filter(({ usage }) => usage.includes('--json')).map(({ name }) => name);
    assert.deepEqual(Object.keys(outputs).sort(), printing.sort());
  });

  it('media/schemas has them as the terminal prints them', async () => {
    for (const name of Object.keys(outputs)) {
      const kept = await fs.readFile(`media/schemas/${name}.schema.json`, 'utf8');
      assert.equal(kept, (await noprop('schema', name)).stdout, name);
    }
  });

  it('a name without one is refused, with those that there are', async () => {
    const { status, stderr } = await noprop('schema', 'mend');
    assert.equal(status, 2);
    assert.match(stderr, /"mend" has no schema: choose one of list, schedule/);
  });

  it('list: of every kind, of one, and of a folder of runs', async () => {
    await check('list');
    await check('list', 'schedules');
    await check('list', path.dirname(run));
  });

  it('schedule: at its ends, where numbers are infinite; with inputs, modifiers and warnings', async () => {
    const { rows } = await check('schedule', 'cosine');
    assert.ok(JSON.stringify(rows).includes('"Infinity"'));
    await check('schedule', 'preset:ddpm', '--modifier', 'zero-terminal-snr', '--at', '0,0.5');
    await check('schedule', 'expression', '--input', 'formula=12*k*(t - s)', '--param', 'k=0.8');
  });

  it('check: of an id and of a file', async () => {
    await check('check', '--schedule', 'cosine');
    await check('check', sample('schedules.noprop.json'));
  });

  it('import: of a scheduler, with warnings', async () => {
    const file = path.join(folder, 'scheduler_config.json');
    const config = { _class_name: 'DDIMScheduler', beta_schedule: 'linear', rescale_betas_zero_snr: true, other: 1 };
    await fs.writeFile(file, JSON.stringify(config));
    await check('import', file);
  });

  it('train of several seeds, resume', async () => {
    const out = path.join(folder, 'several');
    await check('train', sample('moons.noprop.json'), '--seeds', '2', '--set', 'training.steps=20', '--out', out);
    const stopped = path.join(folder, 'stopped');
    const args = ['train', sample('iris.noprop.json'), '--set', 'training.steps=1500', '--out', stopped];
    const child = spawn(process.execPath, [script, ...args], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const found = () => (existsSync(stopped) ? readdirSync(stopped) : []).filter((id) => existsSync(path.join(stopped, id, 'run.json'))); // prettier-ignore
    await eventually('it trains', () => found().length > 0 || child.exitCode !== null, 60_000);
    child.kill('SIGINT');
    await ended;
    await check('resume', path.join(stopped, found()[0]!));
  });

  it('sweep: of one seed without intervals, and of two', async () => {
    const out = path.join(folder, 'swept');
    for (const seeds of ['1', '2'])
      await check('sweep', sample('moons.noprop.json'), '--over', 'training.batch=8,16', '--seeds', seeds, '--set', 'training.steps=10', '--out', out); // prettier-ignore
  });

  it('evaluate: on classes with steps, on train rows, on numbers', async () => {
    await check('evaluate', run, '--steps', '2,4');
    await check('evaluate', run, '--part', 'train');
    await check('evaluate', numbers);
  });

  it('compare: in closed form, with methods that choose their steps or are refused, on a run, and paths', async () => {
    const moons = sample('moons.noprop.json');
    await check('compare', moons, '--problem', 'mixture', '--methods', 'all', '--steps', '2', '--tolerances', '1e-2');
    await check('compare', sample('iris.noprop.json'), '--run', run, '--methods', 'euler', '--steps', '2,4');
    await check('compare', moons, '--problem', 'mixture', '--follow', 'euler:4');
  });

  it('compare-models, conclude, predict and weights', async () => {
    const out = path.join(folder, 'models');
    await check(
      'compare-models',
      sample('moons.noprop.json'),
      '--seeds',
      '1',
      '--set',
      'training.steps=5',
      '--out',
      out,
    );
    await check('conclude', run, '--steps', '2');
    await check('predict', run, '--data', sample('iris.csv'), '--out', path.join(folder, 'labelled.csv'));
    const file = path.join(folder, 'iris.safetensors');
    assert.equal((await noprop('weights', 'export', run, '--out', file)).status, 0);
    await check('weights', 'import', file, sample('iris.noprop.json'), '--out', path.join(folder, 'imported'));
  });

  it('report', async () => {
    await check('report', sample('moons.noprop.json'), '--out', path.join(folder, 'report.html'));
  });

  it('runs: list with a damaged one, show, compare, remove and back, prune', async () => {
    const out = path.join(folder, 'kept');
    for (const name of ['one', 'two', 'bad']) await fs.cp(run, path.join(out, name), { recursive: true });
    await fs.writeFile(path.join(out, 'bad', 'run.json'), '');
    await fs.writeFile(path.join(out, 'two', 'notes.json'), '{"title": "Second", "tags": ["kept"]}');
    const { runs } = await check('runs', 'list', out);
    assert.equal((runs as object[]).length, 3);
    await check('runs', 'show', path.join(out, 'two'));
    await check('runs', 'compare', path.join(out, 'one'), numbers);
    await check('runs', 'remove', out, 'one', '--yes');
    await check('runs', 'remove', out, 'one', '--restore');
    await check('runs', 'prune', out, '--keep', '1');
  });

  it('a result with a key more, or a number that became text, is not valid', async () => {
    const { stdout } = await noprop('schedule', 'cosine', '--at', '0.5', '--json');
    const schema = outputSchema('schedule')!;
    const count = objectsIn(JSON.parse(stdout)).length;
    const open: number[] = [];
    for (let k = 0; k < count; k++) {
      const value: unknown = JSON.parse(stdout);
      objectsIn(value)[k]!.unknown = 1;
      if (schemaProblem(schema, value) === undefined) open.push(k);
    }
    // params and inputs alone may have any key: each family has its own
    assert.equal(open.length, 2);
    const changed = JSON.parse(stdout) as { rows: Record<string, unknown>[] };
    changed.rows[0]!.alphaBar = '0.5';
    assert.match(schemaProblem(schema, changed)!, /alphaBar/);
    delete changed.rows[0]!.alphaBar;
    assert.match(schemaProblem(schema, changed)!, /alphaBar/);
  });
});
