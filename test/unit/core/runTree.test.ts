import assert from 'node:assert/strict';
import { readExperiment } from '../../../src/core/experiment/document';
import { changedNotes, parseNotes, readTags } from '../../../src/core/runs/notes';
import { filterRuns } from '../../../src/core/runs/runFilter';
import type { RunSummary } from '../../../src/core/runs/runList';
import { runNames } from '../../../src/core/runs/runNames';
import { batchOf, PLAIN_TREE, treeChildren, treeRoots, type TreeNode } from '../../../src/core/runs/runTree';
import { changedSettings } from '../../../src/core/runs/settings';

const DAY = 24 * 3600_000;
const NOW = new Date(2026, 10, 28, 12);
let count = 0;

/** A run of an experiment with these settings. */
function run(settings: object = {}, more: Partial<RunSummary> = {}): RunSummary {
  const text = JSON.stringify({ version: 1, name: 'Moons', schedules: [{ id: 'linear-gamma' }], ...settings });
  const experiment = readExperiment(text, 'a test');
  const started = new Date(NOW.getTime() - count++ * 60_000).toISOString();
  return {
    id: `run-${count}`,
    name: experiment.name,
    model: experiment.model.id,
    seed: experiment.seed,
    state: 'done',
    started,
    updated: started,
    settings: changedSettings(experiment),
    ...more,
  } as RunSummary;
}

const names = (runs: readonly RunSummary[], experiment?: 'where it differs') => [
  ...runNames(runs, experiment).values(),
];
const titles = (nodes: readonly TreeNode[]) => nodes.map(({ title }) => title);
const open = (nodes: readonly TreeNode[], place = 0, choices = PLAIN_TREE) => {
  const node = nodes[place]!;
  assert.equal(node.kind, 'group', node.title);
  return node.kind === 'group' ? treeChildren(node, choices) : [];
};

describe('the names of runs', () => {
  it('have what differs among them, and nothing else', () => {
    const rates = [0.001, 0.01].map((learningRate) => run({ training: { learningRate } }));
    assert.deepEqual(names(rates), ['Moons · learning rate 0.001', 'Moons · learning rate 0.01']);
    const both = [run({ training: { learningRate: 0.001 } }), run({ model: { id: 'fm', hidden: [8, 16] } })];
    assert.deepEqual(names(both, 'where it differs'), [
      'NoProp-CT · hidden widths 128, 128 · learning rate 0.001',
      'NoProp-FM · hidden widths 8, 16 · learning rate 0.002',
    ]);
    assert.deepEqual(names([run()]), ['Moons']);
  });

  it('name a value that only few have, and leave out the usual one', () => {
    const runs = [...Array.from({ length: 9 }, (_, seed) => run({ seed })), run({ seed: 9, training: { batch: 64 } })];
    assert.deepEqual([names(runs)[0], names(runs)[9]], ['Moons · seed 0', 'Moons · batch size 64 · seed 9']);
  });

  it('are all different, whatever the runs share', () => {
    const { started } = run();
    const twins = [run({}, { started }), run({}, { started }), run(), run({}, { notes: { title: 'Best' } }), run({}, { notes: { title: 'Best' } })]; // prettier-ignore
    assert.equal(new Set(names(twins)).size, twins.length, names(twins).join('\n'));
    assert.ok(names(twins)[3]!.startsWith('Best · 2026-11-28'));
  });

  it('have the title that a person gave in place of the rest', () => {
    const runs = [run({ seed: 1 }, { notes: { title: 'The one' } }), run({ seed: 2, name: 'Digits' })];
    assert.deepEqual(names(runs), ['The one', 'Digits · seed 2']);
  });

  it('name the experiment where the runs are of several, or where it is asked', () => {
    assert.deepEqual(names([run({ name: 'A' }), run({ name: 'B' })], 'where it differs'), ['A', 'B']);
  });
});

describe('the tree of runs', () => {
  const group = '2026-11-28T10:00:00.000Z Moons';
  const sweep = [0.001, 0.01].flatMap((learningRate) =>
    [0, 1].map(
      (seed) =>
      run({ training: { learningRate }, seed }, { group: `sweep x ${learningRate}`, testAccuracy: learningRate * 10 + seed / 100 }), // prettier-ignore
    ),
  );
  const seeds = [3, 1, 2].map((seed) => run({ seed }, { group }));
  const alone = run({ seed: 7 });
  const digits = run({ name: 'Digits' });
  const all = [...sweep, ...seeds, alone, digits];

  it('goes from the experiment over the batch and its settings to the seed', () => {
    const roots = treeRoots(all, PLAIN_TREE, NOW);
    assert.deepEqual(titles(roots), ['Moons', 'Digits']);
    const batches = open(roots);
    assert.match(titles(batches)[0]!, /^Sweep · 2 settings × 2 seeds$/);
    assert.match(titles(batches)[1]!, /^2026-11-28 \d\d:\d\d · 3 seeds$/);
    assert.equal(batches[2]!.kind, 'run');
    const cells = open(batches);
    assert.deepEqual(titles(cells), ['learning rate 0.001', 'learning rate 0.01']);
    assert.deepEqual(titles(open(cells)), ['seed 0', 'seed 1']);
    assert.deepEqual(titles(open(batches, 1)).sort(), ['seed 1', 'seed 2', 'seed 3']);
  });

  it('shows a run alone as itself, and pinned runs first and nowhere else', () => {
    assert.equal(treeRoots(all, PLAIN_TREE, NOW)[1]!.kind, 'run');
    const pinned = treeRoots(all.map((one) => (one === alone ? { ...one, notes: { pinned: true } } : one)), PLAIN_TREE, NOW); // prettier-ignore
    assert.deepEqual([pinned[0]!.kind, pinned[0]!.key], ['run', alone.id]);
    assert.equal(open(pinned, 1).some(({ key }) => key === alone.id), false); // prettier-ignore
  });

  it('sorts by score at every level', () => {
    const best = { ...PLAIN_TREE, sort: 'score' } as const;
    const cells = open(open(treeRoots(all, best, NOW), 0, best), 0, best);
    assert.deepEqual(titles(cells), ['learning rate 0.01', 'learning rate 0.001']);
    assert.deepEqual(titles(open(cells, 0, best)), ['seed 1', 'seed 0']);
  });

  it('groups by day and by a setting', () => {
    const old = run({}, { started: new Date(NOW.getTime() - DAY).toISOString() });
    assert.deepEqual(titles(treeRoots([...all, old], { ...PLAIN_TREE, group: 'day' }, NOW)), ['Today', 'Yesterday']);
    const byRate = treeRoots(all, { ...PLAIN_TREE, group: 'training.learningRate' }, NOW);
    assert.deepEqual(titles(byRate), ['Learning rate: 0.001', 'Learning rate: 0.01', 'Learning rate: 0.002']);
  });

  it('has every run once, however it is shown', () => {
    const found = (nodes: readonly TreeNode[], choices: typeof PLAIN_TREE): string[] =>
      nodes.flatMap((node) => (node.kind === 'run' ? node.key : found(treeChildren(node, choices), choices)));
    for (const by of ['experiment', 'day', 'model.id', 'training.learningRate'])
      for (const sort of ['newest', 'score', 'name'] as const) {
        const choices = { search: '', sort, group: by };
        assert.deepEqual(found(treeRoots(all, choices, NOW), choices).sort(), all.map(({ id }) => id).sort());
      }
  });

  it('knows what was begun together: seeds, kinds of model, the cells of a sweep', () => {
    assert.equal(batchOf({ group: `${group} NoProp-CT` }), batchOf({ group: `${group} NoProp-FM` }));
    assert.equal(batchOf(sweep[0]!), batchOf(sweep[3]!));
    assert.notEqual(batchOf(sweep[0]!), batchOf(seeds[0]!));
    assert.equal(batchOf({}), undefined);
  });
});

describe('the filter of runs', () => {
  const yesterday = new Date(NOW.getTime() - DAY).toISOString();
  const best = run({ model: { id: 'fm' } }, { started: yesterday, testAccuracy: 0.97, notes: { tags: ['paper'] } });
  const all = [run(), best, run({ model: { id: 'fm' } }, { testAccuracy: 0.5 }), run({}, { state: 'stopped' })];
  const find = (search: string) => filterRuns(all, search, NOW).map((one) => all.indexOf(one));

  it('finds every word in name, model, settings, state, day, notes and tags, and bounds of the score', () => {
    assert.deepEqual(find('fm yesterday score>.9'), [1]);
    assert.deepEqual(find('noprop-fm'), [1, 2]);
    assert.deepEqual(find('#paper'), [1]);
    assert.deepEqual(find('STOPPED'), [3]);
    assert.deepEqual(find('score<=.5'), [2]);
    assert.deepEqual(find('"seed 0" today'), [0, 2, 3]);
    assert.deepEqual(find('no such word'), []);
    assert.deepEqual(find('  '), [0, 1, 2, 3]);
  });
});

describe('what a person says of a run', () => {
  it('is kept but for what is empty, with keys of a later version', () => {
    const before = parseNotes('{"title": "A", "later": 1}')!;
    assert.deepEqual(changedNotes(before, { pinned: true, title: '  B\n' }), { title: 'B', later: 1, pinned: true });
    assert.deepEqual(changedNotes(before, { title: null, note: ' ', tags: [] }), { later: 1 });
    assert.equal(parseNotes('{"tags": 3}'), undefined);
    assert.equal(parseNotes('{'), undefined);
    assert.deepEqual(readTags(' a, b ,,a'), ['a', 'b']);
  });
});
