import assert from 'node:assert/strict';
import { parseExperiment } from '../../../src/core/experiment/document';
import { newExperiment } from '../../../src/core/experiment/experiment';
import { binRange } from '../../../src/core/runs/binRange';
import { newEntry } from '../../../src/core/schedules/entry';

describe('ends of the bins of log-SNR', () => {
  const of = (model: 'ct' | 'dt' | 'fm' | 'backprop', family: string, logSnr = 15) => {
    const document = {
      ...newExperiment('Bins'),
      schedules: [newEntry(family)],
      window: { logSnr },
      model: { id: model },
    };
    return binRange(parseExperiment(JSON.stringify(document)).experiment!);
  };

  it('are those of the schedule, or of the window where that is narrower', () => {
    assert.deepEqual(of('ct', 'linear-gamma'), [-5, 5]);
    assert.deepEqual(of('dt', 'linear-gamma'), [-5, 5]);
    const [low, high] = of('ct', 'cosine', 4)!;
    assert.ok(Math.abs(low + 4) < 1e-9 && Math.abs(high - 4) < 1e-9);
  });

  it('are fixed for flow matching, and there are none without log-SNR', () => {
    assert.deepEqual(of('fm', 'cosine'), [-6, 6]);
    assert.equal(of('backprop', 'cosine'), undefined);
  });
});
