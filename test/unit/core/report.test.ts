import assert from 'node:assert/strict';
import { parseExperiment } from '../../../src/core/experiment/document';
import { newExperiment } from '../../../src/core/experiment/experiment';
import { packed, unpacked } from '../../../src/core/report/packed';
import { chosenSettings, differingSettings } from '../../../src/core/report/settingList';

const experimentOf = (rest: object = {}) => {
  const { experiment } = parseExperiment(JSON.stringify({ ...newExperiment('A'), ...rest }));
  return experiment!;
};

describe('core: reports', () => {
  it('a content comes out of its bytes as it was', () => {
    const content = {
      text: 'ᾱ and </script>',
      numbers: [1, NaN, Infinity, -Infinity, -0.1],
      parts: {
        a: Float64Array.of(1, NaN, Math.PI),
        b: Uint8Array.of(0, 255),
        c: [Int32Array.of(-5)],
        d: new Float32Array(),
      },
      nothing: null,
    };
    const encode = (text: string) => new TextEncoder().encode(text);
    const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    assert.deepEqual(unpacked(packed(content, { encode }), { decode }), content);
  });

  it('the settings that were chosen are those that the schema does not give, and the schedules', () => {
    const list = chosenSettings(experimentOf({ training: { steps: 700, learningRate: 0.002 }, model: { id: 'dt' } }));
    const found = new Map(list.map(({ path, title, value }) => [path, `${title}: ${value}`]));
    assert.equal(found.get('schedules.0.id'), 'Schedule 1: Linear log-SNR');
    assert.equal(found.get('training.steps'), 'Steps N: 700');
    assert.match(found.get('model.id') ?? '', /: NoProp-DT$/);
    assert.equal(found.has('training.batch'), false, 'what has its default is not there');
    assert.equal(found.has('name'), false);
  });

  it('the file that an experiment was imported from is no setting', () => {
    const imported = { format: 'diffusers', text: '{"_class_name": "DDIMScheduler"}', sequenceLength: 5 };
    assert.deepEqual(chosenSettings(experimentOf({ imported })), chosenSettings(experimentOf()));
    assert.deepEqual(differingSettings([experimentOf({ imported }), experimentOf()]), []);
  });

  it('experiments differ in what differs, and one that lacks a setting has nothing there', () => {
    const rows = differingSettings([
      experimentOf(),
      experimentOf({ seed: 2 }),
      experimentOf({ data: { id: 'blobs', params: { n: 1000 } } }),
    ]);
    const byPath = new Map(rows.map(({ path, values }) => [path, values]));
    assert.deepEqual(byPath.get('seed'), ['0', '2', '0']);
    assert.deepEqual(byPath.get('data.params.centers')?.slice(0, 2), ['', '']);
    assert.notEqual(byPath.get('data.params.centers')?.[2], '');
    assert.equal(byPath.has('training.steps'), false);
  });
});
