import assert from 'node:assert/strict';
import path from 'node:path';
import { compare, gridChoice } from '../../../src/core/compare';
import { createDenoiser, type Denoiser } from '../../../src/core/denoisers';
import { createDynamics } from '../../../src/core/dynamics';
import { integrators } from '../../../src/core/integrators';
import { Random } from '../../../src/core/math/random';
import { createSchedule } from '../../../src/core/schedules';
import { startBackend } from '../../../src/trainer/engine/backend';
import { BoundNetwork } from '../../../src/trainer/network/boundNetwork';
import { initialWeights, Network, type NetworkShape } from '../../../src/trainer/network/network';

describe('forward passes', () => {
  before(() => startBackend(path.resolve('dist')));

  it('every call of u in a comparison is for all starts at once, and every call is counted', () => {
    const u = createDenoiser('mixture');
    const sizes = new Set<number>();
    let calls = 0;
    const denoiser: Denoiser = { ...u, denoise: (z, n, ...rest) => (calls++, sizes.add(n), u.denoise(z, n, ...rest)) };
    const work = compare(
      {
        dynamics: createDynamics('probability-flow'),
        schedule: createSchedule('linear-gamma'),
        denoiser,
        window: { start: 0, end: 1 },
        grids: [gridChoice({ id: 'uniform-t', params: {} })],
        integrators: integrators.filter(({ kind }) => kind !== 'sde'),
        steps: [4, 9],
        tolerances: [1e-3],
        z0: Random.stream(1, 'start').normals(new Float64Array(50)),
        n: 50,
        d: 1,
      },
      () => 0,
    );
    let next = work.next();
    while (!next.done) next = work.next();
    const { rows, reference } = next.value;
    assert.deepEqual([...sizes], [50]);
    assert.equal(calls, rows.reduce((sum, { evaluations }) => sum + evaluations, reference.evaluations)); // prettier-ignore
  });

  it('a network reads its rows in the first layer once, and not again at any later time or state', () => {
    const shape: NetworkShape = {
      features: 3,
      states: 2,
      outputs: 2,
      timeFeatures: 5,
      hidden: [7, 6],
      activation: 'silu',
    };
    const network = new Network(shape, initialWeights(shape, 1));
    const x = Random.stream(2, 'noise').normals(new Float32Array(9));
    const z = Random.stream(3, 'noise').normals(new Float64Array(6));
    const answers = (of: Denoiser) =>
      [0.3, 0.8].map((t) => {
        const u = new Float64Array(6);
        of.denoise(z, 3, 2, t, 0, u);
        return u;
      });
    const bound = new BoundNetwork(network, x, 3);
    const before = answers(bound);
    // Whatever read the rows or their weights again would answer otherwise from here on.
    x.fill(9);
    network.parameters.values.subarray(2 * 7, (2 + 3) * 7).fill(9);
    assert.deepEqual(answers(bound), before);
    const other = new BoundNetwork(network, x, 3);
    assert.notDeepEqual(answers(other), before);
    for (const one of [bound, other, network]) one.dispose();
  });
});
