import { Random } from '../../../core/math/random';
import type { Terms } from '../../../core/runs/metrics';
import { Head } from '../heads/head';
import { HeadedBatch } from '../batches/headedBatches';
import { isTrained, startHead, type HeadShape } from '../heads/layout';
import { initialWeights, type Shape } from '../../network/network';
import type { Plan } from '../plan';
import { RowStore } from '../batches/rowOrder';
import { TargetRows } from '../batches/targetRows';
import { BlockBatches } from '../batches/blockBatches';
import { BlockModel, prefixOf } from './blockModel';
import type { Blocks } from '../batches/blocks';
import { marginalEnds } from './ct';
import { fixedTargets, headOf, tableOf, trainedShape } from './headed';
import { HeadLearner } from './headTrainer';
import { Learner } from './networkTrainer';
import type { Job, Model, ModelTraining, TrainingStart } from './modelKind';
import type { Resume, Saved, Tensors } from './trainingState';
import { stateSide } from './stateCodec';

/** One block in training, with its own stream of random numbers: what it comes to does not depend on the others. */
interface Trained {
  readonly block: number;
  readonly learner: Learner;
  readonly random: Random;
}

/** Whether the blocks of a job share what is trained, so that they cannot be trained apart. */
export function trainsTogether(job: Job): boolean {
  const head = headOf(job);
  return head !== undefined && isTrained(head);
}

function sharedHead(plan: Plan, shape: HeadShape, saved: Resume | undefined): HeadLearner {
  const table = tableOf(plan, shape);
  return new HeadLearner(plan, shape, { size: plan.batch, table, initial: () => startHead(shape, table) }, saved);
}

/** A block's batches with its part of the objective; those of the last block have the terms of both ends. */
function headed(batches: BlockBatches, { head, objective }: HeadLearner, blocks: Blocks, last: boolean, eta: number) {
  const { schedule, window } = blocks;
  const terms = { ends: marginalEnds(batches, schedule.logSnr(window.end)), start: schedule.logSnr(window.start) };
  return new HeadedBatch(batches, head, { eta, shared: objective, ...(last && terms) });
}

/** The state side of a plan's model, for the head that answers where one is trained. */
function answeringSide(plan: Plan, shared: HeadLearner | undefined) {
  const shape = headOf(plan);
  const vector = shared?.answering;
  const table = shape && tableOf(plan, shape);
  const head = shape && new Head(shape, vector?.parameters.address ?? 0, 0, table);
  return { ...stateSide(plan, head), trained: () => vector?.tensors() ?? {} };
}

/** What the stream of a block is called. */
const streamOf = (block: number) => `batches.${prefixOf(block)}order`;

/**
 * The training of blocks of NoProp-DT: all of them, or a part that another training completes. Where the embedding or the
 * read-out is trained, all blocks share it and each step moves it once, by the objective of them all: they then cannot
 * be trained apart.
 */
export class BlockTraining implements ModelTraining {
  step = 0;
  /** The sum over the blocks: half the integral of min(SNR', cap) E|u - z_T|^2, and what more the objective has. */
  loss = NaN;
  norm = NaN;
  terms: Terms = {};
  /** Block after block. */
  readonly errors: Float32Array;
  readonly bins: Int32Array;
  /** Times the number of blocks, so that the mean over all rows is the loss. */
  readonly rowWeights: Float32Array;
  readonly blocks: { readonly losses: Float64Array; readonly norms: Float64Array };
  readonly model: Model;
  readonly trained: readonly Trained[];
  private readonly shared: HeadLearner | undefined;
  private readonly store: RowStore;
  private readonly targets: TargetRows;

  constructor(plan: Plan, shape: Shape, blocks: Blocks, { saved, blocks: part }: TrainingStart = {}) {
    const { train, batch: size, seed } = plan;
    const { eta } = plan.experiment.training;
    const all = blocks.weights.length;
    if (part && part.length < all && trainsTogether(plan))
      throw new Error('blocks that share an embedding or a read-out in training cannot be trained apart');
    const headShape = trainedShape(plan);
    this.shared = headShape && sharedHead(plan, headShape, saved);
    const { head } = this.shared ?? {};
    this.store = new RowStore(train.x);
    this.targets = new TargetRows(head ? { table: head.table, index: train.labels } : fixedTargets(plan));
    const source = { store: this.store, targets: this.targets, m: shape.states, size, eta };
    const numbers = part ?? Array.from(blocks.weights, (_, block) => block);
    this.trained = numbers.map((block) => {
      const random = saved ? new Random(saved.random[streamOf(block)]!) : Random.stream(seed, 'batches', block);
      // the states at the end are drawn once a step, with the rows of the last block
      const last = block === all - 1 && trainsTogether(plan);
      const batches = new BlockBatches({ ...source, spare: last ? shape.states : 0 }, blocks, block, random);
      const batch = this.shared ? headed(batches, this.shared, blocks, last, eta) : batches;
      const initial = () => initialWeights(shape, seed, block);
      return { block, random, learner: new Learner(plan, shape, () => batch, initial, saved, prefixOf(block)) };
    });
    this.step = saved?.step ?? 0;
    this.errors = new Float32Array(size * this.trained.length);
    this.bins = Int32Array.from(this.trained.flatMap(({ learner }) => [...learner.batch.bins]));
    const { length } = this.trained;
    this.blocks = { losses: new Float64Array(length), norms: new Float64Array(length) };
    this.rowWeights = Float32Array.from(
      this.trained.flatMap(({ block }) => new Array<number>(size).fill(length * eta * blocks.weights[block]!)),
    );
    const networks = new Map(this.trained.map(({ block, learner }) => [block, learner.answering]));
    this.model = new BlockModel(shape, blocks.times, networks, answeringSide(plan, this.shared), false);
  }

  next(): boolean {
    const { trained, errors, shared, step } = this;
    const { losses, norms } = this.blocks;
    const terms: Partial<Record<keyof Terms, number>> = {};
    shared?.objective.begin();
    let [loss, squares, at] = [0, 0, 0];
    for (const [i, { learner }] of trained.entries()) {
      if (!learner.next()) return this.fail(i, Number.isFinite(learner.loss));
      [losses[i], norms[i]] = [learner.loss, learner.norm];
      loss += learner.loss;
      squares += learner.norm ** 2;
      errors.set(learner.errors.values, at);
      at += learner.errors.length;
      for (const [key, value] of Object.entries(learner.batch.terms ?? {}) as [keyof Terms, number][])
        terms[key] = (terms[key] ?? 0) + value;
    }
    const norm = shared?.next(step) ?? 0;
    if (!Number.isFinite(norm)) return this.fail(-1, true);
    squares += norm ** 2;
    this.terms = terms.crossEntropy === undefined ? {} : terms;
    [this.loss, this.norm] = [loss, Math.sqrt(squares)];
    this.step++;
    return true;
  }

  /**
   * Leaves all at weights whose loss is known to be finite, after a step that one block could not take (-1 for the head):
   * those before it have taken it, those after it have not tried theirs. `finite` tells of the loss.
   */
  private fail(failed: number, finite: boolean): false {
    for (const [i, { learner }] of this.trained.entries()) if (i !== failed) learner.retreat();
    // the loss is of the head as well
    if (!finite) this.shared?.retreat();
    return false;
  }

  save(): Saved {
    const { trained, step, model, shared } = this;
    return {
      step,
      weights: model.weights(),
      state: Object.assign({}, ...trained.map(({ learner }) => learner.state()), shared?.state()) as Tensors,
      random: Object.fromEntries(trained.map(({ block, random }) => [streamOf(block), random.state()])),
    };
  }

  dispose(): void {
    this.model.dispose();
    for (const { learner } of this.trained) learner.dispose();
    this.shared?.dispose();
    this.store.dispose();
    this.targets.dispose();
  }
}
