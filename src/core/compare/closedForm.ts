import { constantStep } from '../dynamics';
import { sigmoid, softplus } from '../math/stable';
import type { ReferenceProblem } from './referenceProblem';

/** States at the window's end by a formula, and what it is called. */
export interface ClosedForm {
  readonly z: Float64Array;
  readonly source: string;
}

/** The end states in closed form; undefined where there is none. */
export function closedForm(problem: ReferenceProblem): ClosedForm | undefined {
  const { denoiser, dynamics } = problem;
  if (denoiser.constant) return { z: constantEnds(problem), source: 'the closed form for constant u' };
  const source = 'the closed form for Gaussian data';
  if (denoiser.gaussian && dynamics.id === 'flow-matching')
    return { z: straightEnds(problem, denoiser.gaussian), source };
  // The probability flow is the family's member without noise.
  const noise = dynamics.noise ?? (dynamics.id === 'probability-flow' ? 0 : undefined);
  if (!denoiser.gaussian || noise === undefined) return undefined;
  return { z: gaussianEnds(problem, denoiser.gaussian, noise), source };
}

function constantEnds({ denoiser, dynamics, schedule, window, z0, n, d }: ReferenceProblem): Float64Array {
  const u = new Float64Array(z0.length);
  denoiser.denoise(z0, n, d, window.start, schedule.logSnr(window.start), u);
  const { retain, gain } = constantStep(dynamics, schedule, window.start, window.end);
  return z0.map((value, i) => retain * value + gain * u[i]!);
}

/**
 * With v = a q^2 + 1 - a and y = z - sqrt(a) m, the probability flow has y1/y0 = sqrt(v1/v0) and the forward process
 * y1/y0 = (v1/v0) sqrt(a0/a1); the rates of the family are affine in l^2, and so are the logarithms of these.
 */
function gaussianEnds(
  { schedule, window, z0 }: ReferenceProblem,
  { mean, sd }: { readonly mean: number; readonly sd: number },
  noise: number,
): Float64Array {
  const place = (t: number) => {
    const logSnr = schedule.logSnr(t);
    const signal = sigmoid(logSnr);
    return {
      centre: Math.sqrt(signal) * mean,
      logSignal: -softplus(-logSnr),
      logVariance: Math.log(signal * sd * sd + sigmoid(-logSnr)),
    };
  };
  const [from, to] = [place(window.start), place(window.end)];
  const flow = (to.logVariance - from.logVariance) / 2;
  const forward = 2 * flow - (to.logSignal - from.logSignal) / 2;
  const ratio = Math.exp((1 - noise) * flow + noise * forward);
  return z0.map((value) => to.centre + ratio * (value - from.centre));
}

/** Flow matching: z has mean t m and variance t^2 q^2 + (1 - t)^2, and a state keeps its place in that law. */
function straightEnds(
  { window, z0 }: ReferenceProblem,
  { mean, sd }: { readonly mean: number; readonly sd: number },
): Float64Array {
  const ratio = Math.hypot(window.end * sd, 1 - window.end) / Math.hypot(window.start * sd, 1 - window.start);
  return z0.map((value) => window.end * mean + ratio * (value - window.start * mean));
}
