import { integrate, type Integrator } from '../integrators';
import { type Flow } from '../process/flow';
import { gaussianMoments } from '../process/moments';
import type { StartMoments } from '../process/starts';
import type { Window } from '../schedules/window';

/** The data's law where u is affine in the state, as it is for one Gaussian and for a point; undefined elsewhere. */
export function affineData({ denoiser, schedule, window }: Flow & { readonly window: Window }) {
  if (denoiser.gaussian) return denoiser.gaussian;
  if (!denoiser.constant) return undefined;
  const u = new Float64Array(1);
  denoiser.denoise(new Float64Array(1), 1, 1, window.start, schedule.logSnr(window.start), u);
  return { mean: u[0]!, sd: 0 };
}

/** Mean and variance at the window's end, exactly, where u is affine and the start has these; undefined elsewhere. */
export function exactMoments(
  flow: Flow & { readonly window: Window },
  start: StartMoments | undefined,
): StartMoments | undefined {
  const data = affineData(flow);
  if (!data || !start) return undefined;
  const { mean, variance } = gaussianMoments(flow, data, start, Float64Array.of(flow.window.start, flow.window.end));
  return { mean: mean[1]!, variance: variance[1]! };
}

/**
 * Mean and variance at the last time of the states of a stochastic method, without sampling. Where u is affine, a step
 * is affine in the state and in each of its draws. Runs of one step from 0, from 1, and with one draw at 1 give the
 * factors.
 */
export function methodMoments(
  flow: Flow,
  integrator: Integrator,
  times: Float64Array,
  start: StartMoments,
): StartMoments & { readonly evaluations: number } {
  const draws = integrator.draws?.length ?? 0;
  const n = 2 + draws;
  const z0 = Float64Array.from({ length: n }, (_, i) => Number(i === 1));
  let [mean, variance, evaluations] = [start.mean, start.variance, 0];
  for (let k = 0; k + 1 < times.length; k++) {
    let draw = 0;
    const random = {
      normals<T extends Float64Array | Float32Array>(out: T): T {
        out.fill(0)[2 + draw++] = 1;
        return out;
      },
    };
    const solution = integrate({ ...flow, integrator, times: times.subarray(k, k + 2), z0, n, d: 1, random });
    const [source, whole, ...noisy] = solution.z as unknown as [number, number, ...number[]];
    evaluations += solution.evaluations;
    mean = (whole - source) * mean + source;
    variance = noisy.reduce((sum, one) => sum + (one - source) ** 2, (whole - source) ** 2 * variance);
  }
  return { mean, variance, evaluations };
}
