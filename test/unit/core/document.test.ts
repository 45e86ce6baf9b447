import assert from 'node:assert/strict';
import { applyChange } from '../../../src/core/experiment/applyChange';
import { parseExperiment, readExperiment } from '../../../src/core/experiment/document';
import { changeExperiment, type Change } from '../../../src/core/experiment/changes';
import { newExperiment } from '../../../src/core/experiment/experiment';
import { entryLabel, entrySchedule, newEntry } from '../../../src/core/schedules/entry';
import { jsonSchema } from '../../../src/core/experiment/jsonSchema';
import { modifierIds } from '../../../src/core/schedules/modifiers';
import { schedules } from '../../../src/core/schedules';

const text = (value: unknown) => JSON.stringify(value, null, 2);
const cosine = { version: 1, schedules: [{ id: 'cosine' }] };

describe('experiment document', () => {
  it('a new experiment is valid', () => {
    assert.deepEqual(parseExperiment(text(newExperiment())).problems, []);
  });

  it('every default is spelled out, and keys the schema does not know are kept', () => {
    const { experiment } = parseExperiment(text({ ...cosine, mine: { a: 1 } }));
    assert.deepEqual(experiment?.schedules, [{ id: 'cosine', params: { offset: 0.008 }, inputs: {}, modifiers: [] }]);
    assert.equal(experiment.window.logSnr, 15);
    assert.match(JSON.stringify(experiment), /"mine":\{"a":1\}/);
  });

  for (const family of schedules)
    it(`${family.id}: alone, it is an experiment with its defaults`, () => {
      const { experiment } = parseExperiment(text({ version: 1, schedules: [{ id: family.id }] }));
      assert.deepEqual(experiment?.schedules[0], newEntry(family.id));
    });

  const bad: [name: string, text: string, line: number, message: RegExp][] = [
    [
      'unknown schedule',
      text({ version: 1, schedules: [{ id: 'cosin' }] }),
      5,
      /^unknown schedule "cosin": choose one of/,
    ],
    [
      'parameter out of range',
      '{"version":1,\n"schedules":[{"id":"cosine","params":{\n"offset": 7}}]}',
      3,
      /^offset must be a number from 0 to 1: got 7$/,
    ],
    [
      'parameter of another type',
      '{"version":1,"schedules":[{"id":"cosine","params":{"offset":"x"}}]}',
      1,
      /^offset must be a number from 0 to 1: got "x"$/,
    ],
    [
      'parameters that must increase',
      '{"version":1,"schedules":[{"id":"linear-gamma","params":{\n"gammaMin": 4,\n"gammaMax": 3}}]}',
      3,
      /^gammaMax must be greater than gammaMin \(4\): got 3$/,
    ],
    [
      'NaN',
      '{"version":1,"schedules":[{"id":"cosine","params":{\n"offset": NaN}}]}',
      2,
      /NaN and Infinity are not JSON/,
    ],
    ['malformed JSON', '{\n"version": 1\n"schedules": []}', 3, /^a comma is expected here$/],
    ['text cut short', '{\n"version": 1,\n', 3, /expected|missing/],
    ['empty file', '', 1, /^the file is empty/],
    [
      'newer version',
      '{\n"version": 2, "schedules": []}',
      2,
      /^version 2 is newer than this NoProp Lab reads \(1\): update the extension/,
    ],
    ['version of another type', '{"version":"one","schedules":[{"id":"cosine"}]}', 1, /^version must be 1: got "one"$/],
    ['no experiment', '{"name": "x", "dependencies": {}}', 1, /^this is not a NoProp experiment/],
    ['no object', '[1, 2]', 1, /^this is not a NoProp experiment/],
    ['no schedules', '{"version":1,"schedules":[]}', 1, /^schedules must hold at least one schedule$/],
    [
      'a schedule without id',
      '{"version":1,"schedules":[{}]}',
      1,
      /^a schedule must be an object with an id, one of .*linear-gamma/,
    ],
    [
      'window out of range',
      '{"version":1,"schedules":[{"id":"cosine"}],\n"window":{"logSnr":0}}',
      2,
      /^logSnr must be a number greater than 0 and at most 700: got 0$/,
    ],
  ];
  for (const [name, source, line, message] of bad)
    it(`bad input: ${name}`, () => {
      const { experiment, problems } = parseExperiment(source);
      assert.equal(experiment, undefined);
      assert.match(problems[0]!.message, message);
      assert.equal(problems[0]!.line, line);
      assert.throws(() => readExperiment(source, 'x.noprop.json'), { name: 'InputError' });
    });

  it('a misspelt parameter is a warning, and is kept', () => {
    const source = text({ version: 1, schedules: [{ id: 'cosine', params: { ofset: 1 } }] });
    const { experiment, problems } = parseExperiment(source);
    assert.equal(problems[0]?.severity, 'warning');
    assert.match(
      problems[0].message,
      /^cosine has no parameter "ofset", so it has no effect: did you mean "offset"\?$/,
    );
    assert.equal(experiment?.schedules[0]?.params.ofset, 1);
  });

  it('modifiers are read with their defaults and applied in order; what is wrong with one is said of it', () => {
    const read = (modifiers: unknown) =>
      parseExperiment(text({ version: 1, schedules: [{ id: 'linear-gamma', modifiers }] }));
    const [entry] = read([{ id: 'shift' }, { id: 'shift', params: { offset: 2 } }]).experiment!.schedules;
    assert.deepEqual(entry!.modifiers[0], { id: 'shift', params: { offset: 0 } });
    assert.equal(entrySchedule(entry!).logSnr(0.5), 2);
    const unknown = `unknown modifier "shft": choose one of ${modifierIds.join(', ')}`;
    assert.equal(read([{ id: 'shft' }]).problems[0]!.message, unknown);
    const [bad] = read([{ id: 'shift', params: { offset: 1e9 } }]).problems;
    assert.match(bad!.message, /^offset must be a number from -700 to 700: got 1000000000$/);
    assert.deepEqual(bad!.path, ['schedules', 0, 'modifiers', 0, 'params', 'offset']);
    const [kept] = read([{ id: 'shift', params: { ofset: 1 } }]).problems;
    assert.match(kept!.message, /^shift has no parameter "ofset", so it has no effect: did you mean "offset"\?$/);
  });

  it('what has no effect in the dynamics or in u is a warning, and so is noise where there is none', () => {
    const { problems } = parseExperiment(
      text({
        ...cosine,
        dynamics: { id: 'near-end', params: { lambda: 1 }, noise: true },
        denoiser: { id: 'gaussian', params: { sigma: 1 } },
      }),
    );
    assert.deepEqual(
      problems.map(({ severity, path, message }) => `${severity} ${path.join('.')}: ${message}`),
      [
        'warning dynamics.params.lambda: near-end has no parameter "lambda", so it has no effect: it takes none',
        'warning dynamics.noise: near-end has no noise of its own, so nothing can be integrated with it: turn noise off',
        'warning denoiser.params.sigma: gaussian has no parameter "sigma", so it has no effect: it takes mean, sd',
      ],
    );
  });

  it('an edit changes one value and nothing else of the text', () => {
    const source =
      '{ "version": 1, "mine": [ 1,2 ],\n\t"schedules": [ { "id": "cosine", "params": {"offset": 0.1} } ] }';
    const path = ['schedules', 0, 'params', 'offset'];
    assert.equal(applyChange(source, { path, value: 0.25 }), source.replace('0.1', '0.25'));
  });

  it('a list of numbers is written on one line, and edits elsewhere leave it so', () => {
    const table = [0.1, 0.2, 0.3];
    const source = text({ version: 1, schedules: [{ id: 'betas' }] });
    const added = applyChange(source, { path: ['schedules', 0, 'inputs', 'table'], value: table });
    assert.match(added, /\n {8}"table": \[0\.1, 0\.2, 0\.3\]\n/);
    const again = applyChange(added, { path: ['schedules', 0, 'modifiers', 0], value: { id: 'shift' }, insert: true });
    assert.match(again, /"table": \[0\.1, 0\.2, 0\.3\]\n/);
    const { experiment } = parseExperiment(again);
    assert.deepEqual(experiment?.schedules[0]?.inputs.table, table);
  });

  it('changes of an experiment are those of its text', () => {
    const { experiment } = parseExperiment(text({ ...cosine, mine: { a: 1 } }));
    const changes: Change[] = [
      { path: ['schedules', 1], value: { id: 'sigmoid', label: 'x' }, insert: true },
      { path: ['schedules', 0, 'params', 'offset'], value: 0.2 },
      { path: ['schedules', 1, 'label'], value: undefined },
      { path: ['schedules', 0, 'modifiers', 0], value: { id: 'clamp' }, insert: true },
      { path: ['dynamics', 'params', 'lambda'], value: 1 },
      { path: ['schedules', 0, 'modifiers', 0], value: undefined },
      { path: ['mine', 'b'], value: [1] },
    ];
    const whole = changes.reduce(applyChange, text(experiment));
    const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
    assert.deepEqual(plain(changeExperiment(experiment!, changes)), plain(parseExperiment(whole).experiment));
    const refused = changeExperiment(experiment!, [{ path: ['schedules', 0, 'params', 'offset'], value: 7 }]);
    assert.equal(refused, experiment);
  });

  it('a value that was left out is added, an entry inserted and removed', () => {
    const added = applyChange(text(cosine), { path: ['schedules', 0, 'params', 'offset'], value: 0.2 });
    assert.equal(parseExperiment(added).experiment?.schedules[0]?.params.offset, 0.2);
    const two = applyChange(added, { path: ['schedules', 1], value: { id: 'sigmoid' }, insert: true });
    assert.deepEqual(
      parseExperiment(two).experiment?.schedules.map(({ id }) => id),
      ['cosine', 'sigmoid'],
    );
    const one = applyChange(two, { path: ['schedules', 0], value: undefined });
    assert.deepEqual(
      parseExperiment(one).experiment?.schedules.map(({ id }) => id),
      ['sigmoid'],
    );
  });

  it('an id that stands alone keeps its text until a part of its object is set', () => {
    const source = '{"version":1,"schedules":[{"id":"cosine"}], "dynamics": "lambda-family" }';
    const renamed = applyChange(source, { path: ['name'], value: 'x' });
    assert.match(renamed, /"dynamics": "lambda-family"/);
    assert.match(applyChange(source, { path: ['dynamics'], value: 'near-end' }), /"dynamics": "near-end"/);
    const dialled = applyChange(source, { path: ['dynamics', 'params', 'lambda'], value: 0.5 });
    const { experiment, problems } = parseExperiment(dialled);
    assert.deepEqual(problems, []);
    assert.deepEqual(experiment?.dynamics, { id: 'lambda-family', params: { lambda: 0.5 }, noise: false });
  });

  it('Windows line ends and a byte order mark are read and kept', () => {
    const source = '\uFEFF' + text(cosine).replaceAll('\n', '\r\n');
    const edited = applyChange(source, { path: ['name'], value: 'x' });
    assert.ok(parseExperiment(source).experiment);
    assert.ok(!/[^\r]\n/.test(edited));
  });

  it('a schedule is named by its label, else by what differs from the defaults', () => {
    const entry = newEntry('cosine');
    const moved = { ...entry, params: { offset: 0.05 } };
    assert.equal(entryLabel(entry), 'Cosine');
    assert.equal(entryLabel(moved), 'Cosine, o 0.05');
    assert.equal(entryLabel({ ...moved, modifiers: [{ id: 'shift', params: { offset: 2 } }] }), 'Cosine, o 0.05 + shift c 2'); // prettier-ignore
    assert.equal(entryLabel({ ...moved, label: 'mine' }), 'mine');
  });

  it('the JSON schema knows every schedule, its parameters, ranges and defaults', () => {
    type Node = {
      const?: string;
      default?: number;
      minimum?: number;
      properties?: Record<string, Node>;
      oneOf?: Node[];
      items?: Node;
    };
    const branches = (jsonSchema() as Node).properties?.schedules?.items?.oneOf ?? [];
    assert.deepEqual(
      branches.map((branch) => branch.properties?.id?.const),
      schedules.map(({ id }) => id),
    );
    for (const [i, { parameters }] of schedules.entries())
      for (const [key, row] of Object.entries(parameters))
        assert.equal(branches[i]?.properties?.params?.properties?.[key]?.default, row.default);
  });
});
