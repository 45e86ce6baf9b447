import type { Random } from '../../../core/math/random';
import { kernels } from '../../engine/backend';
import { floats, floatsOf, ints, type Address, type Block } from '../../engine/heap';
import { initialWeights, Network, weightShapes, type Shape } from '../../network/network';
import type { Plan } from '../plan';
import { RowOrder, RowStore } from '../batches/rowOrder';
import { hiddenOf } from './ct';
import type { Batch, BoundModel, Job, Model, ModelKind } from './modelKind';
import { oneHot, readOneHot } from './oneHot';
import { tensorsOf } from './trainingState';
import { SingleTraining } from './singleNetworkTraining';
import { stateSide } from './stateCodec';

/** The network of x alone. */
const plainShape = ({ experiment, features, classes, numbers }: Job): Shape => ({
  ...hiddenOf(experiment),
  features,
  states: 0,
  timeFeatures: 0,
  outputs: classes || numbers,
});

/** Batches of x with the classes' cross-entropy, or the squared error of numbers. Dispose it. */
export class LabelBatches implements Batch {
  readonly size: number;
  readonly input: Block;
  readonly bins = new Int32Array(0);
  readonly labels: Block<Int32Array>;
  /** The numbers of each row, where these are predicted: size x k. */
  readonly targets: Block | undefined;
  private readonly ids: Block<Int32Array>;
  private readonly store: RowStore;
  private readonly rows: RowOrder;

  constructor(
    private readonly plan: Pick<Plan, 'train' | 'batch' | 'classes' | 'numbers'>,
    random: Random,
  ) {
    const { batch, train, numbers } = plan;
    if (numbers) this.targets = floats(batch * numbers);
    this.size = batch;
    this.input = floats(batch * train.x.d);
    [this.labels, this.ids] = [ints(batch), ints(batch)];
    this.store = new RowStore(train.x);
    this.rows = new RowOrder(train.n, random);
  }

  next(): void {
    const { train, numbers: k } = this.plan;
    const [ids, labels] = [this.ids.values, this.labels.values];
    for (let i = 0; i < this.size; i++) labels[i] = train.labels[(ids[i] = this.rows.next())]!;
    const to = this.targets?.values;
    if (to) for (let at = 0; at < to.length; at++) to[at] = train.targets![ids[Math.floor(at / k)]! * k + (at % k)]!;
    this.store.gather(this.ids, this.input, 0, train.x.d);
  }

  /** For logits or numbers, size x outputs. */
  loss(logits: Address, slope: Address, errors: Address): number {
    const { size, targets, plan, labels } = this;
    const { crossEntropy, squaredError } = kernels();
    if (targets) return squaredError(logits, targets.address, 0, size, plan.numbers, 1, slope, errors);
    return crossEntropy(logits, labels.address, 0, size, plan.classes, 1, slope, errors);
  }

  save(): Int32Array {
    return this.rows.save();
  }

  restore(state: ArrayLike<number>): void {
    this.rows.restore(state);
  }

  dispose(): void {
    for (const one of [this.input, this.labels, this.targets, this.ids, this.store]) one?.dispose();
  }
}

/** The answers to rows as a u that no state changes: numbers, or the probabilities of classes. */
function bindRows(network: Network, soft: boolean, x: Float32Array, n: number): BoundModel {
  const { outputs } = network.shape;
  const [rows, shares] = [floatsOf(x), floats(n * outputs)];
  network.answer(rows.address, n, shares.address);
  if (soft) kernels().softmax(shares.address, n, outputs, shares.address);
  const answers = Float64Array.from(shares.values);
  for (const one of [rows, shares]) one.dispose();
  return {
    times: 'all',
    constant: true,
    denoise: (_z, _n, _d, _t, _logSnr, out) => out.set(answers),
    dispose: () => undefined,
  };
}

const modelOf = ({ classes, numbers }: Job, network: Network, own: boolean): Model => {
  const { outputs, features } = network.shape;
  const { read, targets } = stateSide({ numbers }, undefined);
  return {
    m: outputs,
    features,
    bind: (x, n) => bindRows(network, classes > 0, x, n),
    read: classes ? (states) => readOneHot(states, classes) : read,
    targets: classes ? ({ labels }) => oneHot(labels, classes) : targets,
    weights: () => tensorsOf(network.weights(), weightShapes(network.shape), ''),
    dispose: () => own && network.dispose(),
  };
};

/** The baseline: the same hidden layers from x to the classes, end to end; it answers in one pass. */
export const backprop: ModelKind = {
  id: 'backprop',
  shape: plainShape,
  sizes: (job) => weightShapes(plainShape(job)),
  sampler: ({ seed }) => ({ direct: true, times: Float64Array.of(1), seed }),
  open: (job, weights) => modelOf(job, new Network(plainShape(job), weights), true),
  training: (plan, start) =>
    new SingleTraining(
      plan,
      plainShape(plan),
      () => initialWeights(plainShape(plan), plan.seed),
      (random) => new LabelBatches(plan, random),
      (network) => modelOf(plan, network, false),
      start,
    ),
};
