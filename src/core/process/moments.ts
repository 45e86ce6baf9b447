import { constantStep, spread } from '../dynamics';
import type { Law } from '../denoisers';
import type { Flow } from './flow';
import { integral } from '../math/quadrature';
import { sigmoid } from '../math/stable';
import { noiseLevelAt } from './noiseLevel';

/** Mean and variance of one coordinate at every time of a grid. */
export interface Moments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

type DrivenDynamics = Pick<Flow, 'dynamics' | 'schedule' | 'noise'>;

/** Mean and variance of a law. */
export function lawMoments({ weights, means, sds }: Law): { readonly mean: number; readonly variance: number } {
  const mean = weights.reduce((sum, weight, k) => sum + weight * means[k]!, 0);
  const variance = weights.reduce((sum, weight, k) => sum + weight * ((means[k]! - mean) ** 2 + sds[k]! ** 2), 0);
  return { mean, variance };
}

/** The states' mean and variance under q(z_t) itself, eq. 3 over the data's law, at every time; sharp but for rounding. */
export function trueMoments({ dynamics, schedule }: DrivenDynamics, law: Law, times: Float64Array): Moments {
  const { mean: middle, variance: data } = lawMoments(law);
  const places = Array.from(times, (t) => noiseLevelAt(dynamics, schedule, t));
  return {
    mean: Float64Array.from(places, ({ logSnr, scale }) => scale * Math.sqrt(sigmoid(logSnr)) * middle),
    variance: Float64Array.from(
      places,
      ({ logSnr, scale }) => scale * scale * (sigmoid(logSnr) * data + sigmoid(-logSnr)),
    ),
  };
}

/**
 * The states' mean and variance under a dynamics, with its noise or without it, from any start at times[0], to about
 * 1e-11. The data are N(mean, sd^2) and u is their posterior mean. That is affine in z, so mean and variance each obey
 * a linear equation.
 */
export function gaussianMoments(
  driven: DrivenDynamics,
  data: { readonly mean: number; readonly sd: number },
  start: { readonly mean: number; readonly variance: number },
  times: Float64Array,
): Moments {
  const [mean, variance] = [new Float64Array(times.length), new Float64Array(times.length)];
  mean[0] = start.mean;
  variance[0] = start.variance;
  const step = data.sd ? gaussianStep(driven, data) : pointStep(driven, data.mean);
  for (let k = 1; k < times.length; k++) {
    const { ofMean, ofVariance } = step(times[k - 1]!, times[k]!);
    mean[k] = ofMean.keep * mean[k - 1]! + ofMean.add;
    variance[k] = ofVariance.keep * variance[k - 1]! + ofVariance.add;
  }
  return { mean, variance };
}

/** What becomes of a number in a step: keep times it, plus add. */
interface Affine {
  readonly keep: number;
  readonly add: number;
}

type MomentStep = (from: number, to: number) => { readonly ofMean: Affine; readonly ofVariance: Affine };

/** One point for data: u is constant. */
function pointStep({ dynamics, schedule, noise }: DrivenDynamics, u: number): MomentStep {
  return (from, to) => {
    const { retain, gain } = constantStep(dynamics, schedule, from, to);
    const sd = noise ? spread(dynamics.noise ?? 0, schedule.logSnr(from), schedule.logSnr(to)) : 0;
    return { ofMean: { keep: retain, add: gain * u }, ofVariance: { keep: retain * retain, add: sd * sd } };
  };
}

/** dz = (rate z + source) dt + sqrt(noise) dW, per unit of the time in which it is written. */
function gaussianStep(
  { dynamics, schedule, noise }: DrivenDynamics,
  { mean, sd }: { mean: number; sd: number },
): MomentStep {
  const square = sd * sd;
  const { clock, noiseLevel } = dynamics;
  /** Pull and decay, the log-SNR and scale that u sees: in log-SNR time where that drives the dynamics, else in t. */
  const at = (time: number) => {
    if (clock) return { pull: clock.pull(time), decay: clock.decay(time), logSnr: time, scale: 1 };
    const here = schedule.logSnr(time);
    const { pull, decay } = dynamics.rates(time, here, schedule.logSnrRate(time));
    const seen = noiseLevel?.(time);
    return { pull, decay, logSnr: seen?.logSnr ?? here, scale: seen?.scale ?? 1 };
  };
  const rate = (time: number) => {
    const { pull, decay, logSnr, scale } = at(time);
    const [root, rest] = [Math.sqrt(sigmoid(logSnr)), sigmoid(-logSnr)];
    const v = root * root * square + rest;
    if (clock || scale !== 1) return (pull * root * square) / (v * scale) - decay;
    // Pull grows without bound and u's slope in z nears 1: their difference must be formed without taking one from 1.
    return pull * ((rest * ((root * square) / (1 + root) - 1)) / v) + (pull - decay);
  };
  const source = (time: number) => {
    const { pull, logSnr } = at(time);
    const rest = sigmoid(-logSnr);
    return (pull * mean * rest) / (sigmoid(logSnr) * square + rest);
  };
  const strength = noise ? (dynamics.noise ?? 0) : 0;
  const diffusion = (logSnr: number) => strength * sigmoid(-logSnr);
  return (from, to) => {
    const [start, end] = clock ? [schedule.logSnr(from), schedule.logSnr(to)] : [from, to];
    return {
      ofMean: affine(rate, source, start, end),
      ofVariance: affine((time) => 2 * rate(time), diffusion, start, end),
    };
  };
}

/** A solution of y' = rate y + source is solved at once over a stretch in which it changes by no more than this power of e. */
const STRETCH = 4;

/** Error allowed in an exponent. */
const ROUNDING = 1e-15;

/** What is smaller than this share of a number is lost in its rounding. */
const LOST = 1e-20;

/** The solution of y' = rate(t) y + source(t) from one time to another, as what becomes of y. */
function affine(rate: (t: number) => number, source: (t: number) => number, from: number, to: number): Affine {
  const power = integral(rate, from, to, ROUNDING);
  const middle = (from + to) / 2;
  if (Math.abs(power) > STRETCH && middle > from && middle < to) {
    const late = affine(rate, source, middle, to);
    if (late.keep < LOST) return { keep: 0, add: late.add };
    const early = affine(rate, source, from, middle);
    return { keep: late.keep * early.keep, add: late.keep * early.add + late.add };
  }
  return {
    keep: Math.exp(power),
    add: integral((t) => source(t) * Math.exp(integral(rate, t, to, ROUNDING)), from, to),
  };
}
