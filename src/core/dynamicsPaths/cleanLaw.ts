import { denoiserFamily, needsModel, type CleanData, type Law, type PointSet } from '../denoisers';
import type { Experiment } from '../experiment/experiment';
import { evenly } from '../math/spacing';
import type { Integration } from '../integrators';
import { gaussianMoments, lawMoments, trueMoments, type Moments } from '../process/moments';
import { startOf } from '../process/starts';
import { noiseLevelAt } from '../process/noiseLevel';
import type { DynamicsRow } from '../dynamics/paths';

/** The most times at which the exact variance is computed. It is drawn as dots, and costs quadratures. */
const PLACES = 25;

/** The law of the clean states: one on the line, the same in each coordinate, or that of a finite set. */
export interface CleanLaw {
  /** The mean of the first coordinate, and the mean variance of all. */
  readonly mean: number;
  readonly variance: number;
  /** Whether it is one Gaussian or a point, so that u is affine in z. */
  readonly gaussian: boolean;
  readonly set?: PointSet | undefined;
}

/** The law of an experiment's clean states; undefined where u is of another program, which does not tell it. */
export function lawOf({ denoiser }: Experiment, data: CleanData | undefined): CleanLaw | undefined {
  const family = denoiserFamily(denoiser.id);
  if (needsModel(family)) return undefined;
  if (!family.needs) {
    const law = family.law(denoiser.params);
    return { ...lawMoments(law), gaussian: law.weights.length === 1 };
  }
  const set = family.points(data!);
  const coordinates = Array.from({ length: set.d }, (_, j) => lawMoments(coordinateLaw(set, j)));
  const variance = coordinates.reduce((sum, one) => sum + one.variance, 0) / set.d;
  return { mean: coordinates[0]!.mean, variance, gaussian: false, set };
}

/** The law of coordinate j of a finite set. */
function coordinateLaw({ points, d, logWeights }: PointSet, j: number): Law {
  const count = points.length / d;
  const raw = logWeights ? Array.from(logWeights, Math.exp) : new Array<number>(count).fill(1);
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  return {
    weights: raw.map((weight) => weight / total),
    means: raw.map((_, i) => points[i * d + j]!),
    sds: raw.map(() => 0),
  };
}

/** q(z_t) at every time, as the chosen dynamics scales it. */
export const truthOf = ({ mean, variance }: CleanLaw, flow: Integration, times: Float64Array): Moments =>
  trueMoments(flow, { weights: [1], means: [mean], sds: [Math.sqrt(variance)] }, times);

/** The exact variance of one dynamics at some of the times; undefined where u is not affine. */
export function theoryOf(law: CleanLaw, start: string, flow: Integration, times: Float64Array): DynamicsRow['theory'] {
  if (!law.gaussian) return undefined;
  const steps = evenly(times.length, PLACES);
  const places = Float64Array.from(steps, (k) => times[k]!);
  const first = startOf(start).moments(noiseLevelAt(flow.dynamics, flow.schedule, times[0]!), law);
  const { variance } = gaussianMoments(flow, { mean: law.mean, sd: Math.sqrt(law.variance) }, first, places);
  return { steps, variance };
}
