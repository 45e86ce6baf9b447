import type { PathPlane } from '../dynamics/paths';
import { principalAxes, project } from '../math/pca';
import type { PointSet } from '../denoisers';
import type { IntegratedPaths } from './integratedPaths';

/** The most clean states that are drawn. */
const POINTS = 400;

/** The largest dimension whose principal axes are computed. Their cost grows with its cube. */
const AXES = 64;

/** A map of states to two dimensions. */
export interface PlaneProjection {
  readonly axes: readonly [string, string];
  /** Projects states (m x d) to m x 2. */
  readonly project: (states: Float64Array) => Float64Array;
}

/** The projection along the principal axes of some states (m x d); to the first two coordinates where there are none. */
export function planeProjection(states: Float64Array | undefined, d: number): PlaneProjection {
  if (d === 2 || d > AXES || !states)
    return {
      axes: ['coordinate 1', 'coordinate 2'],
      project: (all) =>
        Float64Array.from({ length: (2 * all.length) / d }, (_, i) => all[Math.floor(i / 2) * d + (i % 2)]!),
    };
  const projection = principalAxes(states, d);
  const named = (axis: number) => `axis ${axis + 1} (${Math.round(100 * projection.shares[axis]!)} % of the variance)`;
  return { axes: [named(0), named(1)], project: (all) => project(all, projection) };
}

/** The drawn paths in two dimensions: their coordinates where there are two, else along the axes of the clean states. */
export function planeOf(set: PointSet | undefined, all: readonly IntegratedPaths[], d: number): PathPlane {
  const points = set && sampleStates(set.points, d);
  const { axes, project } = planeProjection(points, d);
  return {
    axes,
    points: points ? project(points) : new Float64Array(0),
    paths: all.map(({ drawnPaths }) => project(drawnPaths)),
  };
}

/** At most `POINTS` of the states (n x d), spread evenly. */
function sampleStates(states: Float64Array, d: number): Float64Array {
  const count = states.length / d;
  const kept = Math.min(count, POINTS);
  const out = new Float64Array(kept * d);
  for (let i = 0; i < kept; i++) {
    const from = Math.floor((i * count) / kept) * d;
    out.set(states.subarray(from, from + d), i * d);
  }
  return out;
}
