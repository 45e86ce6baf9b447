import { ClassProbabilities } from '../../core/evaluation';
import type { Examples } from '../data/examples';
import type { OpenRun } from '../runs/openRun';
import { givesProbabilities, startsOfPrediction, START_STRIDE } from '../sampling/startVotes';
import { simulate, type SimulationHooks } from '../sampling/simulate';
import { samplerOf } from '../training/models';

/** The examples with other starts. Start 0 is that by which the run's accuracy is measured. */
const withStart = (examples: Examples, start: number): Examples => ({
  ...examples,
  ids: examples.ids.map((id) => id + start * START_STRIDE),
});

/** Class probabilities, and where they come from. */
export interface RatedClasses {
  /** n x m. */
  readonly probabilities: Float64Array;
  /** The label from start 0 of each example. */
  readonly labels: Int32Array;
  /** What a read-out gives, or the share of starts that lead to a class. */
  readonly rule: 'read-out' | 'votes';
  readonly starts: number;
}

/**
 * The class probabilities of examples: the mean of what is read from seeded starts or, where the read-out only names a
 * class, the share of starts that lead to it. `onStart` is told after each how many are done, and of how many.
 */
export async function classProbabilities(
  { model, experiment, record }: OpenRun,
  examples: Examples,
  onStart: (done: number, total: number) => Promise<void>,
  onDone?: SimulationHooks['onDone'],
): Promise<RatedClasses> {
  const sampler = samplerOf(experiment);
  const soft = givesProbabilities(experiment);
  const starts = startsOfPrediction(sampler);
  const votes = new ClassProbabilities(examples.n, record.data.classes.length);
  let first: Int32Array | undefined;
  for (let start = 0; start < starts; start++) {
    const states = simulate(model, sampler, withStart(examples, start), onDone ? { onDone } : {});
    const { labels, probabilities } = model.read(states);
    first ??= labels.slice();
    if (soft) votes.addProbabilities(probabilities);
    else votes.addLabels(labels);
    await onStart(start + 1, starts);
  }
  return { probabilities: votes.probabilities(), labels: first!, rule: soft ? 'read-out' : 'votes', starts };
}

/** The most probable class of each example; of several the one from start 0 where it is among them. */
export function likeliestClasses({ probabilities, labels }: RatedClasses): Int32Array {
  const m = probabilities.length / labels.length;
  return labels.map((label, i) => {
    const row = probabilities.subarray(i * m, (i + 1) * m);
    return row.reduce((best, value, k) => (value > row[best]! ? k : best), label);
  });
}
