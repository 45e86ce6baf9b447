import type { Parameter, Parameters, Parametric, Values } from '../registry/parameters';
import type { Random } from '../math/random';
import type { Column } from './columns';

/** Numbers to predict: n x k, row-major, in their own units. */
export interface Targets {
  readonly values: Float64Array;
  /** k names. */
  readonly names: readonly string[];
}

/** A data set to learn from: n rows of d features, each with a class or, where there are `targets`, with numbers. */
export interface Dataset {
  /** n x d, row-major, in the features' own units; images are bytes. */
  readonly x: Float64Array | Uint8Array;
  /** n indices into `classes`; zeros where there are targets. */
  readonly labels: Int32Array;
  /** None where there are targets. */
  readonly classes: readonly string[];
  readonly targets?: Targets;
  /** d names. */
  readonly features: readonly string[];
  /** The columns of a file that the features were made of. */
  readonly columns?: readonly Column[];
}

/** A row of the registry: a data set made from a formula and a seed. */
export interface DatasetGenerator<P extends Parameters = Parameters> extends Parametric<P> {
  /** Whether its points have numbers to predict in place of classes. */
  readonly numeric?: boolean;
  /** The points at these values, which must be in range. */
  generate(values: Values<P>, random: Random): Dataset;
}

/** Keeps a generator's parameter names in its types, and hands it out under the registry's one type. */
export const defineGenerator = <P extends Parameters>(row: DatasetGenerator<P>): DatasetGenerator => row;

/** How many points, for every generator. */
export const count: Parameter = {
  title: 'Points',
  symbol: 'n',
  summary: 'number of points, shared evenly by the classes',
  default: 1000,
  min: 10,
  max: 100000,
  integer: true,
  slider: [100, 5000],
  unit: 'points',
};

/** The noise on every coordinate, for generators whose points lie on curves. */
export const noise = (value: number): Parameter => ({
  title: 'Noise',
  symbol: 'sd',
  summary: 'standard deviation of the noise on every coordinate',
  default: value,
  min: 0,
  max: 10,
  slider: [0, 0.5],
  unit: '1',
});

/**
 * n points of the plane, row i in class i mod `classes`; `place` gives the point of class c at a share of its
 * curve, spread evenly over the class from 0 to 1, both included.
 */
export function planar(
  n: number,
  classes: number,
  sd: number,
  random: Random,
  place: (c: number, share: number) => readonly [number, number],
): Dataset {
  const x = new Float64Array(2 * n);
  const labels = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const c = i % classes;
    const members = Math.ceil((n - c) / classes);
    const [x0, x1] = place(c, members > 1 ? Math.floor(i / classes) / (members - 1) : 0);
    x[2 * i] = x0 + sd * random.normal();
    x[2 * i + 1] = x1 + sd * random.normal();
    labels[i] = c;
  }
  return { x, labels, classes: Array.from({ length: classes }, (_, c) => String(c)), features: ['x1', 'x2'] };
}
