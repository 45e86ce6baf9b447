import type { Scores } from '../../core/runs/metrics';
import { sampleEvenly } from '../data/examples';
import { weightsUnder, type Tensors } from '../network/tensors';
import type { Model } from '../sampling/model';
import { simulate } from '../sampling/simulate';
import { accuracyOf, scoreTargets, meanScores } from '../sampling/targetScores';
import { scheduleWeights, withScheduleWeights } from './optimiser/scheduleTensors';
import type { TrainingPlan } from './plan';

/** The scores of a plan's model on its train and test rows, on at most `limit` of each, spread evenly. */
export function scoresOf(plan: TrainingPlan, model: Model, limit = Infinity): Scores {
  const { targets, targetScaling } = plan.data;
  const [train, test] = [plan.train, plan.test].map((part) => {
    const rows = sampleEvenly(part, limit);
    const states = simulate(model, plan.sampler, rows);
    if (!targets) return { accuracy: accuracyOf(model.read(states).labels, rows.labels) };
    return meanScores(scoreTargets(targets.names, states, rows.targets!, targetScaling!));
  });
  return { ...prefixed('train', train!), ...prefixed('test', test!) };
}

const prefixed = (part: string, scores: object): Scores =>
  Object.fromEntries(
    Object.entries(scores).map(([key, value]) => [part + key.charAt(0).toUpperCase() + key.slice(1), value as number]),
  );

/** The scores of named weights; their states are carried by the schedule that was learned with them, where one was. */
export function scoresOfWeights(plan: TrainingPlan, tensors: Tensors): Scores {
  const weights = weightsUnder(tensors);
  const { kind, experiment } = plan;
  const model = kind.open(plan, weights);
  try {
    return scoresOf(
      { ...plan, sampler: kind.sampler(withScheduleWeights(experiment, scheduleWeights(weights))) },
      model,
    );
  } finally {
    model.dispose();
  }
}
