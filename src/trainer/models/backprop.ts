import type { Random } from '../../core/random';
import { kernels } from '../backend';
import { floats, floatsOf, ints, type Address, type Block } from '../engine/heap';
import { Network, weightShapes, type Shape } from '../network';
import type { Plan } from '../plan';
import { RowOrder, RowStore } from '../rowOrder';
import { hiddenOf } from './ct';
import type { Batch, BoundModel, Job, Model, ModelKind } from './model';
import { oneHot, readOneHot } from './oneHot';
import { tensorsOf } from './saved';
import { SingleTraining } from './single';

/** The network of x alone. */
const plainShape = ({ experiment, features, classes }: Job): Shape => ({
  ...hiddenOf(experiment),
  features,
  states: 0,
  timeFeatures: 0,
  outputs: classes,
});

/** Batches of x with the classes' cross-entropy. Dispose it. */
class LabelBatches implements Batch {
  readonly size: number;
  readonly input: Block;
  readonly bins = new Int32Array(0);
  private readonly labels: Block<Int32Array>;
  private readonly ids: Block<Int32Array>;
  private readonly store: RowStore;
  private readonly rows: RowOrder;

  constructor(
    private readonly plan: Pick<Plan, 'train' | 'batch' | 'classes'>,
    random: Random,
  ) {
    const { batch, train } = plan;
    this.size = batch;
    this.input = floats(batch * train.x.d);
    [this.labels, this.ids] = [ints(batch), ints(batch)];
    this.store = new RowStore(train.x);
    this.rows = new RowOrder(train.n, random);
  }

  next(): void {
    const { train } = this.plan;
    const [ids, labels] = [this.ids.values, this.labels.values];
    for (let i = 0; i < this.size; i++) labels[i] = train.labels[(ids[i] = this.rows.next())]!;
    this.store.gather(this.ids, this.input, 0, train.x.d);
  }

  loss(logits: Address, slope: Address, errors: Address): number {
    return kernels().crossEntropy(logits, this.labels.address, 0, this.size, this.plan.classes, 1, slope, errors);
  }

  save(): Int32Array {
    return this.rows.save();
  }

  restore(state: ArrayLike<number>): void {
    this.rows.restore(state);
  }

  dispose(): void {
    for (const one of [this.input, this.labels, this.ids, this.store]) one.dispose();
  }
}

/** The answers to rows as a u that no state changes: the probabilities of their classes. */
function bindRows(network: Network, x: Float32Array, n: number): BoundModel {
  const { outputs } = network.shape;
  const [rows, shares] = [floatsOf(x), floats(n * outputs)];
  network.answer(rows.address, n, shares.address);
  kernels().softmax(shares.address, n, outputs, shares.address);
  const answers = Float64Array.from(shares.values);
  for (const one of [rows, shares]) one.dispose();
  return {
    times: 'all',
    constant: true,
    denoise: (_z, _n, _d, _t, _logSnr, out) => out.set(answers),
    dispose: () => undefined,
  };
}

const modelOf = (network: Network, own: boolean): Model => {
  const { outputs, features } = network.shape;
  return {
    m: outputs,
    features,
    bind: (x, n) => bindRows(network, x, n),
    read: (states) => readOneHot(states, outputs),
    targets: (labels) => oneHot(labels, outputs),
    weights: () => tensorsOf(network.weights(), weightShapes(network.shape), ''),
    dispose: () => own && network.dispose(),
  };
};

/** The baseline: the same hidden layers from x to the classes, end to end; it answers in one pass. */
export const backprop: ModelKind = {
  id: 'backprop',
  sizes: (job) => weightShapes(plainShape(job)),
  sampler: ({ seed }) => ({ direct: true, times: Float64Array.of(1), seed }),
  open: (job, weights) => modelOf(new Network(plainShape(job), weights), true),
  training: (plan, start) =>
    new SingleTraining(
      plan,
      plainShape(plan),
      (random) => new LabelBatches(plan, random),
      (network) => modelOf(network, false),
      start,
    ),
};
