import assert from 'node:assert/strict';
import path from 'node:path';
import { Adam } from '../../../src/trainer/training/optimiser/adam';
import { startBackend } from '../../../src/trainer/engine/backend';
import { floatsOf } from '../../../src/trainer/engine/heap';
import { close } from './kernelSupport';

describe('trainer: Adam', () => {
  before(() => startBackend(path.resolve('dist')));

  it('takes the first step of Adam exactly: by the learning rate, against the gradient', () => {
    const [weights, gradients] = [floatsOf([1, 1, 1]), floatsOf([3, -4, 0])];
    const adam = new Adam(weights);
    assert.equal(adam.update(gradients, 0.01), 5);
    close(weights.values, [0.99, 1.01, 1], 1e-6, 'values');
    adam.undoStep();
    close(weights.values, [1, 1, 1], 0, 'values');
    gradients.values[1] = NaN;
    assert.ok(Number.isNaN(adam.update(gradients, 0.01)));
    close(weights.values, [1, 1, 1], 0, 'values');
    for (const one of [weights, gradients, adam]) one.dispose();
  });

  it('clips the gradient, and decays the weights by AdamW whatever the gradient', () => {
    const [weights, gradients] = [floatsOf([1, 1, 1]), floatsOf([3, -4, 0])];
    const adam = new Adam(weights, { weightDecay: 0.5, gradientClip: 1 });
    assert.equal(adam.update(gradients, 0.01), 5, 'the norm is told as it was');
    close(weights.values, [0.995 - 0.01, 0.995 + 0.01, 0.995], 1e-6, 'values');
    close(adam.firstMoment.values, [0.06, -0.08, 0], 1e-6, 'values'); // a tenth of the gradient at norm 1
    for (const one of [weights, gradients, adam]) one.dispose();
  });
});
