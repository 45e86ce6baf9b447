import { Random } from '../../core/random';
import { floatsOf, type Block } from '../engine/heap';
import { initialWeights, type Shape } from '../network';
import type { Plan } from '../plan';
import { RowStore } from '../rowOrder';
import { BlockBatches } from './blockBatches';
import { BlockModel, prefixOf } from './blockModel';
import type { Blocks } from './blocks';
import { Learner } from './learner';
import type { Model, ModelTraining, TrainingStart } from './model';
import { oneHot } from './oneHot';
import type { Saved, Tensors } from './saved';

/** One block in training, with its own stream of random numbers: what it comes to does not depend on the others. */
interface Trained {
  readonly block: number;
  readonly learner: Learner;
  readonly random: Random;
}

/** What the stream of a block is called. */
const streamOf = (block: number) => `batches.${prefixOf(block)}order`;

/** The training of blocks of NoProp-DT: all of them, or a part that another training completes. */
export class BlockTraining implements ModelTraining {
  step = 0;
  /** The sum over the blocks: half the integral of min(SNR', cap) E|u - z_T|^2. */
  loss = NaN;
  norm = NaN;
  /** Block after block. */
  readonly errors: Float32Array;
  readonly bins: Int32Array;
  /** Times the number of blocks, so that the mean over all rows is the loss. */
  readonly rowWeights: Float32Array;
  readonly blocks: { readonly losses: Float64Array; readonly norms: Float64Array };
  readonly model: Model;
  private readonly trained: readonly Trained[];
  private readonly store: RowStore;
  private readonly targets: Block;

  constructor(plan: Plan, shape: Shape, blocks: Blocks, { saved, blocks: part }: TrainingStart = {}) {
    const { train, batch: size, seed } = plan;
    const m = shape.states;
    this.store = new RowStore(train.x);
    this.targets = floatsOf(oneHot(train.labels, m));
    const source = { store: this.store, targets: this.targets, m, size };
    const numbers = part ?? Array.from(blocks.weights, (_, block) => block);
    this.trained = numbers.map((block) => {
      const random = saved ? new Random(saved.random[streamOf(block)]!) : Random.stream(seed, 'batches', block);
      const batches = new BlockBatches(source, blocks, block, random);
      const initial = () => initialWeights(shape, seed, block);
      return { block, random, learner: new Learner(plan, shape, batches, initial, saved, prefixOf(block)) };
    });
    this.step = saved?.step ?? 0;
    this.errors = new Float32Array(size * this.trained.length);
    this.bins = Int32Array.from(this.trained.flatMap(({ learner }) => [...learner.batch.bins]));
    const { length } = this.trained;
    this.blocks = { losses: new Float64Array(length), norms: new Float64Array(length) };
    this.rowWeights = Float32Array.from(
      this.trained.flatMap(({ block }) => new Array<number>(size).fill(length * blocks.weights[block]!)),
    );
    const networks = new Map(this.trained.map(({ block, learner }) => [block, learner.answering]));
    this.model = new BlockModel(shape, blocks.times, networks, false);
  }

  next(): boolean {
    const { trained, errors } = this;
    const { losses, norms } = this.blocks;
    let [loss, squares, at] = [0, 0, 0];
    for (const [i, { learner }] of trained.entries()) {
      if (!learner.next()) return false;
      [losses[i], norms[i]] = [learner.loss, learner.norm];
      loss += learner.loss;
      squares += learner.norm ** 2;
      errors.set(learner.errors.values, at);
      at += learner.errors.length;
    }
    [this.loss, this.norm] = [loss, Math.sqrt(squares)];
    this.step++;
    return true;
  }

  save(): Saved {
    const { trained, step, model } = this;
    return {
      step,
      weights: model.weights(),
      state: Object.assign({}, ...trained.map(({ learner }) => learner.state())) as Tensors,
      random: Object.fromEntries(trained.map(({ block, random }) => [streamOf(block), random.state()])),
    };
  }

  dispose(): void {
    for (const { learner } of this.trained) learner.dispose();
    this.store.dispose();
    this.targets.dispose();
  }
}
