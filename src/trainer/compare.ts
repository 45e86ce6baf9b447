import type { Experiment } from '../core/experiment';
import type { Comparison, Method } from '../protocol/trainer';
import type { Rows } from './data';
import { nearest } from './evaluate';
import type { Network } from './network';
import { samplerOf } from './sampler';
import { simulate } from './simulate';

/** Steps of the reference: a method of high order that every error is measured from. */
const REFERENCE = { integrator: 'rk4', steps: 1000 };

/** Runs methods on the same rows from the same starts, and says what each costs and how far from the limit it ends. */
export function compare(
  network: Network,
  experiment: Experiment,
  rows: Rows,
  methods: readonly Method[],
): Comparison[] {
  const references = new Map<string, Float64Array>();
  return methods.map((one) => {
    const method = {
      dynamics: one.dynamics ?? experiment.dynamics,
      integrator: one.integrator ?? experiment.integrator.id,
      steps: one.steps ?? experiment.integrator.steps,
    };
    try {
      const sampler = samplerOf(experiment, method);
      const begun = performance.now();
      let evaluations = 0;
      const ends = simulate(network, sampler, rows, { onDone: (calls) => (evaluations = calls) });
      const milliseconds = performance.now() - begun;
      let reference = references.get(method.dynamics);
      if (!reference) {
        reference = simulate(network, samplerOf(experiment, { dynamics: method.dynamics, ...REFERENCE }), rows);
        references.set(method.dynamics, reference);
      }
      const labels = nearest(ends, network.shape.outputs);
      const right = labels.reduce((sum, label, i) => sum + Number(label === rows.labels[i]), 0);
      const error = Math.sqrt(ends.reduce((sum, z, i) => sum + (z - reference[i]!) ** 2, 0) / ends.length);
      return { method, accuracy: right / rows.n, evaluations, error, milliseconds };
    } catch (error) {
      const refused = error instanceof Error ? error.message : String(error);
      return { method, accuracy: NaN, evaluations: NaN, error: NaN, milliseconds: NaN, refused };
    }
  });
}
