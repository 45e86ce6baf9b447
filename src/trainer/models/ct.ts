import { entrySchedule, type Experiment } from '../../core/experiment';
import { experimentWindow } from '../../core/flow';
import { learnsSchedule } from '../../core/learning';
import { timeSampling } from '../../core/timeSampling';
import { LearnedSchedule, savedSchedule, scheduleSizes } from '../learnedSchedule';
import { Batches, type Source } from '../loss';
import { Network, weightShapes, type Shape } from '../network';
import type { Plan } from '../plan';
import { scheduleSampler } from '../sampler';
import { fourierFrequencies } from '../time';
import type { Job, Model, ModelKind, TrainingStart } from './model';
import { oneHot, readOneHot } from './oneHot';
import { SingleTraining } from './single';
import { tensorsOf } from './saved';

/** What the shapes of all kinds have in common. */
export const hiddenOf = ({ model }: Experiment): Pick<Shape, 'hidden' | 'activation' | 'residual'> => ({
  hidden: model.hidden,
  activation: model.activation,
  residual: model.residual,
});

/** The time features of an experiment's network. */
export const timeOf = ({ model, seed }: Experiment): Pick<Shape, 'timeFeatures' | 'frequencies'> => ({
  timeFeatures: model.timeFeatures,
  ...(model.timeEmbedding === 'fourier' && { frequencies: fourierFrequencies(model.timeFeatures, seed) }),
});

/** The network of [z, x, t] for one-hot classes. */
export const timedShape = ({ experiment, features, classes }: Job): Shape => ({
  ...hiddenOf(experiment),
  ...timeOf(experiment),
  features,
  states: classes,
  outputs: classes,
});

/** A network of [z, x, t] as a model; it disposes the network where that is its own. */
export const networkModel = (network: Network, own = true): Model => {
  const { states: m, features } = network.shape;
  return {
    m,
    features,
    bind: (x, n) => network.bind(x, n),
    read: (states) => readOneHot(states, m),
    targets: (labels) => oneHot(labels, m),
    weights: () => tensorsOf(network.weights(), weightShapes(network.shape), ''),
    dispose: () => own && network.dispose(),
  };
};

/** The schedule of a plan where it is trained with the model. */
function learnedOf({ experiment }: Plan, { saved }: TrainingStart): LearnedSchedule | undefined {
  if (!learnsSchedule(experiment)) return undefined;
  const { schedules, training } = experiment;
  return new LearnedSchedule(schedules[0]!, training.scheduleLoss, saved && savedSchedule(saved.state));
}

const sourceOf = (plan: Plan, learned: LearnedSchedule | undefined): Source => {
  const { experiment, train, classes } = plan;
  const { weightCap, times } = experiment.training;
  return {
    ...timeOf(experiment),
    features: plan.features,
    states: classes,
    x: train.x,
    targets: Float32Array.from(oneHot(train.labels, classes)),
    schedule: learned ?? entrySchedule(experiment.schedules[0]!),
    window: experimentWindow(experiment),
    // under a cap a schedule that is trained would lower the loss by its own weight alone
    weightCap: learned ? Infinity : weightCap,
    sampling: timeSampling(times),
  };
};

/** NoProp-CT: one network u(z, x, t), trained at times drawn at random (Li, Teh and Pascanu, arXiv 2503.24322). */
export const ct: ModelKind = {
  id: 'ct',
  sizes: (job) => ({ ...weightShapes(timedShape(job)), ...scheduleSizes(job.experiment) }),
  sampler: scheduleSampler,
  open: (job, weights) => networkModel(new Network(timedShape(job), weights)),
  training(plan, start = {}) {
    const learned = learnedOf(plan, start);
    return new SingleTraining(
      plan,
      timedShape(plan),
      (random) => new Batches(sourceOf(plan, learned), plan.batch, random),
      (network) => networkModel(network, false),
      start,
      learned,
    );
  },
};
