import assert from 'node:assert/strict';
import fc from 'fast-check';
import path from 'node:path';
import { checkComparisonId, checkRunId, choiceInFolder, nameProblem, slugOf } from '../../../src/core/runs/ids';
import { InputError } from '../../../src/core/registry/problem';
import { Computations } from '../../../src/host/computations';
import { RunFolders } from '../../../src/host/runFolders';

/** Names that would lead elsewhere, or that one system or another cannot hold. */
const BAD: readonly unknown[] = [
  ...['', '.', '..', '../outside', 'a/b', 'a\\b', '/etc', 'C:', 'C:\\x', 'a:b', '.hidden', 'a\0b', 'a\nb', 'a.', 'a '],
  ...['con', 'CON', 'nul.txt', 'Com1', 'lpt9.a.b', 'AUX ', 'COM\u00b9', 'conin$', 'prn .x', 'a'.repeat(201)],
  ...[undefined, null, 7, {}, ['a'], true],
];

describe('ids of runs and comparisons', () => {
  for (const name of BAD)
    it(`${JSON.stringify(name)?.slice(0, 20)} is not the id of a run`, () => {
      assert.throws(() => checkRunId(name), InputError);
      const comparisons = typeof name === 'string' ? [`${name}/comparisons/a.json`, `comparisons/${name}`] : [name];
      for (const id of comparisons) assert.throws(() => checkComparisonId(id), InputError);
    });

  it('takes ids that runs have, and names that people give', () => {
    for (const id of [
      '2026-11-28T05-31-30-old-ct',
      '2026-11-28T05-31-30-zwei-monde-2',
      'My best run (3)',
      'Прогон',
      '月',
    ])
      assert.equal(checkRunId(id), id);
    assert.deepEqual(checkComparisonId('comparisons/moons/2026-11-28T05-31-30.json'), [
      'comparisons',
      'moons',
      '2026-11-28T05-31-30.json',
    ]);
    assert.equal(checkComparisonId('2026-run/comparisons/2026-2.json')[0], '2026-run');
  });

  it('takes no other file for a comparison', () => {
    for (const id of ['run/run.json', 'run/weights/a.json', 'comparisons/a.json', 'a/comparisons/b/c.json', 'a/b.txt'])
      assert.throws(() => checkComparisonId(id), /is not the id of a comparison/);
  });

  it('takes no step for a checkpoint that is no whole number from 1', () => {
    for (const checkpoint of ['../../../a', 0, -1, 1.5, NaN, Infinity, '7'])
      assert.throws(() => choiceInFolder({ run: 'a', checkpoint: checkpoint as number }, (id) => id), InputError);
    assert.deepEqual(choiceInFolder({ run: 'a', checkpoint: 20 }, (id) => `runs/${id}`), { run: 'runs/a', checkpoint: 20 }); // prettier-ignore
  });

  it('whatever an experiment is called, its folder has a name for every system', () => {
    for (const name of ['...', '😀😀', 'x'.repeat(300), 'CON', 'com1', '../..', '\0', '𝔘'.repeat(100), ''])
      assert.equal(nameProblem(slugOf(name)), undefined, name);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => nameProblem(slugOf(name)) === undefined));
    assert.equal(slugOf('Two moons, twice'), 'two-moons-twice');
  });
});

describe('what is asked of a run by its id', () => {
  const asked: string[] = [];
  const trainer = {
    call: (name: string, args: readonly unknown[]) => {
      asked.push(`${name} ${JSON.stringify(args[0])}`);
      return Promise.resolve(undefined as never);
    },
  };
  const computations = new Computations(trainer, new RunFolders(path.resolve('runs')));

  it('reaches no folder outside the runs', () => {
    const outside = '../outside';
    for (const ask of [
      () => computations.metrics(outside),
      () => computations.evaluation(outside),
      () => computations.trajectories({ run: outside, checkpoint: 1 }),
      () => computations.boundary(outside),
      () => computations.predictFile(outside, 'a.csv', 'b.csv'),
      () => computations.exportWeights(outside, 'a'),
      () => computations.conclusion(outside),
      () => computations.comparison('../outside/comparisons/a.json'),
      () => computations.removeComparison('run/../../a.json'),
    ])
      assert.throws(ask, InputError);
    assert.deepEqual(asked, []);
  });

  it('reaches the folder of the run', () => {
    void computations.metrics('one');
    assert.deepEqual(asked, [`metrics ${JSON.stringify(path.resolve('runs', 'one'))}`]);
  });
});
