import assert from 'node:assert/strict';
import { constantU, createDenoiser, dataSetU, gaussianU, type Denoiser } from '../../../src/core/denoisers';
import { createDynamics, dynamics } from '../../../src/core/dynamics';
import { integrate, integratorOf, integrators, type Integrator } from '../../../src/core/integrators';
import { lagrangeWeights } from '../../../src/core/integrators/lagrange';
import { rungeKutta } from '../../../src/core/integrators/rungeKutta';
import { type Tableau } from '../../../src/core/integrators/tableau';
import { normalQuantiles } from '../../../src/core/math/normal';
import { Random } from '../../../src/core/math/random';
import { uniform } from '../../../src/core/math/spacing';
import { createSchedule } from '../../../src/core/schedules';

const deterministic = integrators.filter(({ kind }) => kind !== 'sde');
const tableaux = integrators.flatMap(({ id, order, tableau }) => (tableau ? [{ id, order, tableau }] : []));

/** A rooted tree: the trees that hang from its root. */
type Tree = readonly Tree[];

const sizeOf = (tree: Tree): number => tree.reduce((sum, branch) => sum + sizeOf(branch), 1);
const keyOf = (tree: Tree): string => `(${tree.map(keyOf).sort().join('')})`; // prettier-ignore

/** Every rooted tree of n nodes: a leaf grown on every node of those of n - 1. */
function treesOf(n: number): Tree[] {
  if (n === 1) return [[]];
  const grow = (tree: Tree): Tree[] => [
    [...tree, []],
    ...tree.flatMap((branch, i) => grow(branch).map((grown) => tree.map((one, j) => (j === i ? grown : one)))),
  ];
  return [
    ...new Map(
      treesOf(n - 1)
        .flatMap(grow)
        .map((tree) => [keyOf(tree), tree]),
    ).values(),
  ];
}

const density = (tree: Tree): number => tree.reduce((product, branch) => product * density(branch), sizeOf(tree));

/** The product over the branches of a tree of their sums at stage i. */
const stageWeight = ({ a }: Tableau, tree: Tree, i: number): number =>
  tree.reduce((product, branch) => product * a[i]!.reduce((sum, value, j) => sum + value * stageWeight({ a } as Tableau, branch, j), 0), 1); // prettier-ignore

/** The largest violation of the order conditions up to an order, sum b_i Phi_i = x^n/density. */
const violation = (tableau: Tableau, b: readonly number[], order: number, x = 1) =>
  Math.max(
    ...Array.from({ length: order }, (_, k) => treesOf(k + 1))
      .flat()
      .map((tree) => {
        const terms = b.map((weight, i) => weight * stageWeight(tableau, tree, i));
        return Math.abs(terms.reduce((sum, term) => sum + term, 0) - x ** sizeOf(tree) / density(tree));
      }),
  );

describe('orders', () => {
  it('there are 1, 1, 2, 4, 9 and 20 rooted trees', () => {
    assert.deepEqual([1, 2, 3, 4, 5, 6].map((n) => treesOf(n).length), [1, 1, 2, 4, 9, 20]); // prettier-ignore
  });

  for (const { id, order, tableau } of tableaux) {
    it(`${id}: the order conditions of ${order} hold to 1e-14, and no more`, () => {
      const { a, b, c, embedded } = tableau;
      assert.ok(violation(tableau, b, order) < 1e-14, String(violation(tableau, b, order)));
      assert.ok(violation(tableau, b, order + 1) > 1e-6);
      c.forEach((node, i) => assert.ok(Math.abs(a[i]!.reduce((sum, value) => sum + value, 0) - node) < 1e-14));
      if (!embedded) return;
      assert.ok(violation(tableau, embedded.b, embedded.order) < 1e-14);
      assert.ok(violation(tableau, embedded.b, embedded.order + 1) > 1e-6);
    });

    if (tableau.dense)
      it(`${id}: its dense output has order ${Math.min(order, 4)} within the step`, () => {
        for (const x of [0.2, 0.5, 0.9, 1]) {
          const b = tableau.dense!.map((row) => row.reduce((sum, value, k) => sum + value * x ** (k + 1), 0));
          assert.ok(violation(tableau, b, Math.min(order, 4), x) < 2e-14, `${violation(tableau, b, Math.min(order, 4), x)} at ${x}`); // prettier-ignore
        }
      });
  }

  it('a decaying state does not grow within the limit of stability, and does past it', () => {
    for (const method of deterministic) {
      const { id, stability } = method;
      if (stability === undefined) continue;
      const size = (h: number, steps: number) => {
        const system = { size: 1, slope: (_: number, z: Float64Array, out: Float64Array) => void (out[0] = -z[0]!) };
        const step = method.create(system as Parameters<Integrator['create']>[0]);
        const z = Float64Array.of(1);
        for (let k = 0; k < steps; k++) step(k * h, (k + 1) * h, z);
        return Math.abs(z[0]!);
      };
      // the start of a multistep method may grow before the method itself decays
      assert.ok(size(stability * 0.99, 400) < 10, `${id}: ${size(stability * 0.99, 400)}`);
      assert.ok(size(stability * 1.03, 2000) > 20, `${id}: ${size(stability * 1.03, 2000)}`);
    }
  });

  it('multistep and exponential methods are exact on polynomials of their degree', () => {
    const nodes = [0, -0.7, -1.1, -2.3];
    for (let count = 1; count <= 4; count++) {
      const moments = Array.from({ length: count }, (_, k) => 0.9 ** (k + 1) / (k + 1));
      const weights = new Float64Array(count);
      lagrangeWeights(nodes, count, [...moments, 0, 0, 0], weights);
      for (let degree = 0; degree < count; degree++) {
        const sum = weights.reduce((total, weight, j) => total + weight * nodes[j]! ** degree, 0);
        assert.ok(Math.abs(sum - moments[degree]!) < 1e-13, `${count} nodes, degree ${degree}`);
      }
    }
    // z' = p(t) of degree k - 1, on a grid that is not even
    for (const id of ['ab2', 'ab4']) {
      const method = integratorOf(id);
      const { order } = method;
      const power = order - 1;
      const slope = (t: number, _: Float64Array, out: Float64Array) => void (out[0] = t ** power);
      const step = method.create({ size: 1, slope } as Parameters<Integrator['create']>[0]);
      const z = Float64Array.of(0);
      const times = [0, 0.1, 0.25, 0.3, 0.5, 0.62, 0.9, 1];
      times.slice(1).forEach((to, k) => step(times[k]!, to, z));
      assert.ok(Math.abs(z[0]! - 1 / order) < 1e-14, `${id}: ${z[0]}`);
    }
    // u a polynomial in gamma of degree k - 1: one value of u a step, and the step is exact
    const schedule = createSchedule('linear-gamma');
    for (const flow of dynamics.map(({ id }) => createDynamics(id)).filter(({ clock }) => clock))
      for (const [id, degree] of [
        ['exponential-2', 1],
        ['exponential-3', 2],
      ] as const) {
        const denoiser: Denoiser = {
          times: 'all',
          denoise: (_z, n, d, _t, logSnr, out) => void out.fill((0.3 * logSnr - 0.2) ** degree, 0, n * d),
        };
        const base = { dynamics: flow, schedule, denoiser, z0: Float64Array.of(-1.5), n: 1, d: 1 };
        const times = Float64Array.of(0, 0.2, 0.5, 0.6, 1);
        const { z } = integrate({ ...base, integrator: integratorOf(id), times });
        const fine = integrate({
          ...base,
          integrator: integratorOf('dopri5'),
          tolerance: 1e-13,
          times: uniform(0, 1, 2),
        });
        assert.ok(Math.abs(z[0]! - fine.z[0]!) < 1e-11, `${id} on ${flow.id}: ${z[0]! - fine.z[0]!}`);
      }
  });

  for (const { id, kind } of deterministic.filter((row) => row.kind === 'exponential'))
    it(`${id}: exact in one step where u is constant, however large the step, on every dynamics with a clock`, () => {
      assert.equal(kind, 'exponential');
      for (const flow of dynamics.map((row) => createDynamics(row.id)).filter(({ clock }) => clock))
        for (const [gammaMin, gammaMax] of [
          [-1, 1],
          [-15, 15],
          [-300, 300],
        ] as const) {
          const schedule = createSchedule('linear-gamma', { gammaMin, gammaMax });
          const base = { dynamics: flow, schedule, denoiser: constantU(0.7), z0: Float64Array.of(-1.5), n: 1, d: 1 };
          const { retain, gain } = flow.clock!;
          const exact = retain(gammaMin, gammaMax) * -1.5 + gain(gammaMin, gammaMax) * 0.7;
          for (const steps of [1, 2, 7]) {
            const { z } = integrate({ ...base, integrator: integratorOf(id), times: uniform(0, 1, steps + 1) });
            assert.ok(Math.abs(z[0]! - exact) < 1e-12, `${flow.id}, ${steps} steps: ${z[0]} where ${exact}`);
          }
        }
    });

  describe('observed', () => {
    // One window each, on which every method is near its order before its error is 1e-11; that of Adams-Bashforth 4 is
    // off by as much as 0.9 there on the labels where |gamma| goes up to 6.
    const problems: Record<string, { denoiser: Denoiser; d: number; limit: number; z0: Float64Array }> = {
      mixture: { denoiser: createDenoiser('mixture'), d: 1, limit: 6, z0: normalQuantiles(16) },
      'Gaussian data': { denoiser: gaussianU(0.5, 0.5), d: 1, limit: 6, z0: normalQuantiles(16) },
      'two labels': {
        denoiser: dataSetU({ points: Float64Array.of(1, 0, 0, 1), d: 2 }),
        d: 2,
        limit: 4,
        z0: Random.stream(1, 'start').normals(new Float64Array(32)),
      },
    };
    const flows = ['probability-flow', 'noprop-forward'];
    const run = (flow: string, name: string, id: string, steps: number) => {
      const { denoiser, d, limit, z0 } = problems[name]!;
      return integrate({
        dynamics: createDynamics(flow),
        schedule: createSchedule('linear-gamma', { gammaMin: -limit, gammaMax: limit }),
        denoiser,
        integrator: integratorOf(id),
        times: uniform(0, 1, steps + 1),
        z0,
        n: z0.length / d,
        d,
      }).z;
    };
    const references = new Map<string, Float64Array>();
    for (const name of Object.keys(problems))
      for (const flow of flows)
        for (const { id, order, kind } of deterministic)
          it(`${id}: ${order} on ${name}, ${flow}`, () => {
            const key = `${name} ${flow}`;
            if (!references.has(key)) references.set(key, run(flow, name, 'dopri5', 4096));
            const reference = references.get(key)!;
            // Doublings while the error is above 1e-11, up to 2^13 steps, or 2^11 for orders 1 and 2; the finest three of them.
            const errors: number[] = [];
            for (let steps = 2; steps <= (order > 2 ? 8192 : 2048); steps *= 2) {
              const z = run(flow, name, id, steps);
              const error = Math.sqrt(z.reduce((sum, value, i) => sum + (value - reference[i]!) ** 2, 0) / z.length);
              if (error <= 1e-11) break;
              errors.push(error);
            }
            // The forward process holds u of Gaussian data constant: nothing is left for exponential methods to get wrong.
            if (!errors.length) return assert.ok(kind === 'exponential' && name === 'Gaussian data' && flow === 'noprop-forward'); // prettier-ignore
            const finest = errors.slice(-4);
            const slope = Math.log2(finest[0]! / finest.at(-1)!) / (finest.length - 1);
            const observed = `${slope.toFixed(3)} from ${errors.map((error) => error.toExponential(2)).join(' ')}`;
            assert.ok(finest.length === 4 && slope >= order - 0.1, observed);
            if (order <= 4) assert.ok(slope <= order + 0.2, observed);
          });
  });

  it('on Gaussian data the forward process has a constant u, so every exponential method is exact', () => {
    for (const { id } of deterministic.filter(({ kind }) => kind === 'exponential')) {
      const [retain, gain] = [createDynamics('noprop-forward').clock!.retain(-4, 4), createDynamics('noprop-forward').clock!.gain(-4, 4)]; // prettier-ignore
      const base = {
        dynamics: createDynamics('noprop-forward'),
        schedule: createSchedule('linear-gamma', { gammaMin: -4, gammaMax: 4 }),
        denoiser: gaussianU(0.5, 0.5),
        z0: Float64Array.of(-1.5),
        n: 1,
        d: 1,
      };
      const u = new Float64Array(1);
      base.denoiser.denoise(base.z0, 1, 1, 0, -4, u);
      const { z } = integrate({ ...base, integrator: integratorOf(id), times: uniform(0, 1, 6) });
      assert.ok(Math.abs(z[0]! - (retain * -1.5 + gain * u[0]!)) < 1e-12, id);
    }
  });

  it('Runge-Kutta given its first slope does not call for it again', () => {
    let calls = 0;
    const slope = (_: number, z: Float64Array, out: Float64Array) => {
      calls++;
      out[0] = -z[0]!;
    };
    const step = rungeKutta({ size: 1, slope }, integratorOf('rk4').tableau!);
    const [one, other] = [Float64Array.of(1), Float64Array.of(1)];
    step(0, 0.5, one);
    step(0, 0.5, other, Float64Array.of(-1));
    assert.equal(calls, 7);
    assert.equal(one[0], other[0]);
  });
});
