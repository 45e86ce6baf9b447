import { principalAxes, project } from '../../../core/math/pca';
import type { PathPlane } from '../../../core/dynamics/paths';
import type { IntegratedPaths } from './integratedPaths';
import type { CleanLaw } from './cleanLaw';

/** The most clean states that are drawn. */
const POINTS = 400;

/** The largest dimension whose principal axes are computed: they cost its cube. */
const AXES = 64;

/** The drawn paths in two dimensions: their coordinates where there are two, else along the clean states' axes. */
export function planeOf({ set }: CleanLaw, courses: readonly IntegratedPaths[], d: number): PathPlane {
  const points = set ? someOf(set.points, d) : new Float64Array(0);
  if (d === 2 || d > AXES || !set) {
    const first = (states: Float64Array) =>
      Float64Array.from({ length: (2 * states.length) / d }, (_, i) => states[Math.floor(i / 2) * d + (i % 2)]!);
    return {
      axes: ['coordinate 1', 'coordinate 2'],
      points: first(points),
      paths: courses.map(({ shownPaths }) => first(shownPaths)),
    };
  }
  const projection = principalAxes(points, d);
  const named = (axis: number) => `axis ${axis + 1} (${Math.round(100 * projection.shares[axis]!)} % of the variance)`;
  return {
    axes: [named(0), named(1)],
    points: project(points, projection),
    paths: courses.map(({ shownPaths }) => project(shownPaths, projection)),
  };
}

/** At most so many of the points (n x d), spread evenly. */
function someOf(points: Float64Array, d: number): Float64Array {
  const count = points.length / d;
  const kept = Math.min(count, POINTS);
  const out = new Float64Array(kept * d);
  for (let i = 0; i < kept; i++) {
    const from = Math.floor((i * count) / kept) * d;
    out.set(points.subarray(from, from + d), i * d);
  }
  return out;
}
