import assert from 'node:assert/strict';
import { parseExperiment } from '../../../src/core/experiment/document';
import { samples, sampleText } from '../../../src/core/experiment/samples';

describe('sample experiments', () => {
  for (const sample of samples)
    it(`${sample.id} is valid, and nothing in it is left unused`, () => {
      const { experiment, problems } = parseExperiment(sampleText(sample));
      assert.deepEqual(problems, []);
      assert.equal(experiment?.name, sample.title);
    });

  it('have ids of their own', () => {
    assert.equal(new Set(samples.map(({ id }) => id)).size, samples.length);
  });
});
