import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createDynamics } from '../../../src/core/dynamics';
import {
  exactStep,
  marginal,
  noisyStates,
  priorKl,
  snrGain,
  squaredErrors,
  stepKl,
  stepStates,
} from '../../../src/core/process/marginals';
import { Random } from '../../../src/core/math/random';
import { sigmoid } from '../../../src/core/math/stable';

const close = (actual: number, expected: number, tolerance: number, what = '') =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} where ${expected} is expected`);

const gamma = fc.double({ min: -12, max: 12, noNaN: true });
const gap = fc.double({ min: 1e-3, max: 8, noNaN: true });

describe('process', () => {
  it('the exact step is eqs. 8-13 in alphaBar', () => {
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), gap, (from, more) => {
        const to = Math.min(from + more, 6);
        const [s, t] = [sigmoid(from), sigmoid(to)];
        const r = s / t;
        const { fromState, fromTarget, variance } = exactStep(from, to);
        close(fromState, (Math.sqrt(r) * (1 - t)) / (1 - s), 1e-11, 'state');
        close(fromTarget, (Math.sqrt(t) * (1 - r)) / (1 - s), 1e-11, 'target');
        close(variance, ((1 - r) * (1 - t)) / (1 - s), 1e-11, 'variance');
      }),
    );
  });

  it('two exact steps are one: mean and variance compose', () => {
    fc.assert(
      fc.property(gamma, gap, gap, (from, a, b) => {
        const first = exactStep(from, from + a);
        const second = exactStep(from + a, from + a + b);
        const both = exactStep(from, from + a + b);
        close(second.fromState * first.fromState, both.fromState, 1e-12, 'state');
        close(second.fromState * first.fromTarget + second.fromTarget, both.fromTarget, 1e-12, 'target');
        close(second.fromState ** 2 * first.variance + second.variance, both.variance, 1e-12, 'variance');
      }),
    );
  });

  it('the exact step carries one marginal to the next', () => {
    fc.assert(
      fc.property(gamma, gap, (from, more) => {
        const { fromState, fromTarget, variance } = exactStep(from, from + more);
        const [s, t] = [marginal(from), marginal(from + more)];
        close(fromState * s.signal + fromTarget, t.signal, 1e-12, 'signal');
        close(fromState ** 2 * s.noise ** 2 + variance, t.noise ** 2, 1e-12, 'noise');
      }),
    );
  });

  it('its mean is the exponential step of the forward process, limits included', () => {
    const { retain, gain } = createDynamics('noprop-forward').clock!;
    for (const [from, to] of [
      [-5, 5],
      [-700, 700],
      [-Infinity, 1],
      [0, Infinity],
      [-Infinity, Infinity],
      [2, 2],
    ] as const) {
      // prettier-ignore
      const { fromState, fromTarget } = exactStep(from, to);
      close(fromState, retain(from, to), 1e-12, `state ${from} to ${to}`);
      close(fromTarget, gain(from, to), 1e-12, `target ${from} to ${to}`);
    }
    assert.deepEqual(exactStep(0, Infinity), { fromState: 0, fromTarget: 1, variance: 0 });
  });

  it('keeps its digits where alphaBar is within rounding of 1', () => {
    const { fromState, variance } = exactStep(40, 41);
    const share = Math.exp(-1);
    close(variance / Math.exp(-41), 1 - share, 1e-12, 'variance');
    close(fromState, share, 1e-12, 'state');
  });

  it('KL of a step from its two Gaussians is half the gain in SNR times the squared error', () => {
    fc.assert(
      fc.property(gamma, gap, fc.double({ min: -2, max: 2, noNaN: true }), (from, more, u) => {
        const { fromTarget, variance } = exactStep(from, from + more);
        // Same variance: KL is the squared distance of the means over twice the variance.
        const direct = (fromTarget * (u - 0.5)) ** 2 / (2 * variance);
        const [kl] = stepKl(from, from + more, Float64Array.of(u), Float64Array.of(0.5), 1);
        close(kl!, direct, 1e-12 * Math.max(1, direct), 'KL');
        const sum = snrGain(from, from + more / 2) + snrGain(from + more / 2, from + more);
        close(sum, snrGain(from, from + more), 1e-12 * Math.exp(from + more), 'SNR');
      }),
    );
  });

  it('works in batches', () => {
    const targets = Float64Array.of(1, 2, 3, 4);
    const noise = Float64Array.of(1, -1, 0.5, 0);
    const out = new Float64Array(4);
    noisyStates(targets, noise, 2, Float64Array.of(0, Infinity), out);
    const half = Math.SQRT1_2;
    [half * 2, half * 1, 3, 4].forEach((value, i) => close(out[i]!, value, 1e-15, `state ${i}`));
    assert.deepEqual([...squaredErrors(Float64Array.of(1, 2, 3, 4), Float64Array.of(0, 0, 3, 2), 2)], [5, 4]);
    const step = exactStep(-1, 1);
    stepStates(step, targets, targets, undefined, out);
    close(out[3]!, 4 * (step.fromState + step.fromTarget), 1e-15, 'mean');
    stepStates(step, targets, targets, noise, out);
    close(out[1]!, 2 * (step.fromState + step.fromTarget) - Math.sqrt(step.variance), 1e-15, 'draw');
  });

  it('draws of the exact step have its law', () => {
    const n = 200_000;
    const random = Random.stream(1, 'noise');
    const [from, to, target] = [-2, 0.5, 1.5];
    const targets = new Float64Array(n).fill(target);
    const z = new Float64Array(n);
    noisyStates(targets, random.normals(new Float64Array(n)), 1, new Float64Array(n).fill(from), z);
    stepStates(exactStep(from, to), z, targets, random.normals(new Float64Array(n)), z);
    const mean = z.reduce((a, b) => a + b) / n;
    const variance = z.reduce((a, b) => a + (b - mean) ** 2, 0) / n;
    close(mean, marginal(to).signal * target, 0.01, 'mean');
    close(variance, marginal(to).noise ** 2, 0.01, 'variance');
  });

  it('the prior KL is that of its Gaussians, and has no noise near 0', () => {
    const kl = (a: number) => (a * 5 - 2 * a - 2 * Math.log(1 - a)) / 2;
    close(priorKl(0, Float64Array.of(1, 2), 2)[0]!, kl(0.5), 1e-14, 'half');
    // At alphaBar = e^-30 only |z|^2 alphaBar / 2 is left to first order.
    close(priorKl(-30, Float64Array.of(1, 2), 2)[0]! / (2.5 * sigmoid(-30)), 1, 1e-12, 'tiny');
    assert.equal(priorKl(-Infinity, Float64Array.of(1, 2), 2)[0], 0);
    for (const g of [-7.2, -6.9, -6.5]) close(priorKl(g, Float64Array.of(0), 1)[0]!, (-sigmoid(g) - Math.log1p(-sigmoid(g))) / 2, 1e-15, `${g}`); // prettier-ignore
  });
});
