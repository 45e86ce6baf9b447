import assert from 'node:assert/strict';
import { parseExperiment } from '../../../src/core/experiment/document';
import { repairsIn } from '../../../src/core/experiment/repairs';

const textOf = (rest: string) => `{"version":1,"schedules":[{"id":"cosine"}]${rest && ','}${rest}}`;

/** What is offered for all problems of a text. */
const offered = (text: string) => repairsIn(text, 0, text.length).flatMap(({ repairs }) => repairs);
const titles = (text: string) => offered(text).map(({ title }) => title);

describe('repairs of an experiment', () => {
  const cases: [name: string, text: string, titles: string[]][] = [
    ['a misspelt key', textOf('"training":{"lerningRate":0.1}'), ['Change to "learningRate"', 'Remove "lerningRate"']],
    ['a misspelt section', textOf('"trainin":{}'), ['Change to "training"', 'Remove "trainin"']],
    ['a key whose right name is taken', textOf('"training":{"Steps":1,"steps":2}'), ['Remove "Steps"']],
    ['a misspelt id', textOf('"grid":"karas"'), ['Change to "karras"', 'Set to its default, Uniform in t']],
    [
      'a misspelt id of an object',
      textOf('"data":{"id":"blob"}'),
      ['Change to "blobs"', 'Set to its default, Two moons'],
    ],
    ['a misspelt id in a list', textOf('"comparison":{"integrators":["rk5"]}'), ['Change to "rk4"']],
    [
      'out of range',
      textOf('"training":{"batch":0}'),
      ['Set to 1, the nearest allowed value', 'Set to its default, 128'],
    ],
    ['beside an open end', textOf('"training":{"learningRate":0}'), ['Set to its default, 0.002']],
    ['no whole number', textOf('"seed":1.7'), ['Set to 2, the nearest allowed value', 'Set to its default, 0']],
    ['a number in quotes', textOf('"seed":"7"'), ['Set to 7, the nearest allowed value', 'Set to its default, 0']],
    ['an item of a list', textOf('"model":{"hidden":[8,0]}'), ['Set to 1, the nearest allowed value', 'Remove 0']],
    ['what does not go with its neighbour', textOf('"integrator":{"tolerance":0.01}'), ['Remove "tolerance"']],
    ['a missing version', '{"schedules":[{"id":"cosine"}]}', ['Add "version" 1']],
    ['a missing column', textOf('"data":{"id":"csv","path":"a.csv"}'), ['Add "label" "label"']],
    ['an id alone where an object must stand', '{"version":1,"schedules":["cosine","edm"]}', ['Change to { "id": "cosine" }', 'Remove "cosine"', 'Change to { "id": "edm" }', 'Remove "edm"']], // prettier-ignore
    ['a key that comes again', textOf('"seed":1,"seed":2'), ['Remove this "seed"']],
  ];
  for (const [name, text, wanted] of cases)
    it(`mends ${name}`, () => {
      assert.deepEqual(titles(text), wanted);
      for (const { title, text: mended } of offered(text)) {
        const before = parseExperiment(text).problems;
        const after = parseExperiment(mended).problems;
        assert.ok(
          after.length < before.length,
          `${title}: ${mended} has ${after.map(({ message }) => message).join()}`,
        );
      }
    });

  it('ends that cross are mended by the one that is written', () => {
    const text = '{"version":1,"schedules":[{"id":"linear-gamma","params":{"gammaMin":9}}]}';
    assert.deepEqual(titles(text), ['Set "gammaMin" to its default, -5']);
    assert.deepEqual(parseExperiment(offered(text)[0]!.text).problems, []);
  });

  it('only problems at the place that is asked for', () => {
    const text = textOf('"seed":-1,"grid":"karas"');
    const at = text.indexOf('karas');
    assert.equal(repairsIn(text, at, at).length, 1);
    assert.equal(repairsIn(text, 0, text.length).length, 2);
  });

  it('nothing is offered for a text that is no JSON, a newer version, or a sound one', () => {
    for (const text of ['', '{"version":', '{"version":2,"schedules":[{"id":"cosine"}]}', textOf('"seed":3')])
      assert.deepEqual(titles(text), [], text);
  });
});
