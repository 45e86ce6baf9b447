import { Random } from '../../../core/math/random';
import type { Terms } from '../../../core/runs/metrics';
import { initialWeights, type Shape } from '../../network/network';
import type { Tensors } from '../../network/tensors';
import type { Model } from '../../sampling/model';
import { BlockBatches } from '../batches/blockBatches';
import type { Blocks } from '../batches/blocks';
import { marginalEnds } from '../batches/finalStates';
import { HeadedBatch } from '../batches/headedBatches';
import { RowStore } from '../batches/rowOrder';
import { TargetRows } from '../batches/targetRows';
import { Head } from '../heads/head';
import { isTrained, startHead, type HeadShape } from '../heads/layout';
import { BlockModel, prefixOf } from './blockModel';
import { fixedTargets, headOf, tableOf, trainedShape } from './headed';
import { HeadLearner } from './headTrainer';
import type { Job, TrainingSetup } from './modelSpec';
import type { ModelTraining, TrainingStart } from './modelTraining';
import { Learner } from './networkTrainer';
import { stateSide } from './stateCodec';
import type { Resume, Saved } from './trainingState';

/** One block in training, with its own stream of random numbers: its result does not depend on the others. */
interface Trained {
  readonly block: number;
  readonly learner: Learner;
  readonly random: Random;
}

/** Whether the blocks share what is trained, so that they cannot be trained apart. */
export function trainsTogether(job: Job): boolean {
  const head = headOf(job);
  return head !== undefined && isTrained(head);
}

function sharedHead(setup: TrainingSetup, shape: HeadShape, saved: Resume | undefined): HeadLearner {
  const table = tableOf(setup, shape);
  return new HeadLearner(setup, shape, { size: setup.batch, table, initial: () => startHead(shape, table) }, saved);
}

/** A block's batches with its part of the objective. The last block also has the terms of both ends. */
function headed(batches: BlockBatches, { head, objective }: HeadLearner, blocks: Blocks, last: boolean, eta: number) {
  const { schedule, window } = blocks;
  const terms = { ends: marginalEnds(batches, schedule.logSnr(window.end)), start: schedule.logSnr(window.start) };
  return new HeadedBatch(batches, head, { eta, shared: objective, ...(last && terms) });
}

/** The states of a model in training, by the EMA of the head where one is trained. */
function answeringSide(setup: TrainingSetup, shared: HeadLearner | undefined) {
  const shape = headOf(setup);
  const vector = shared?.answering;
  const table = shape && tableOf(setup, shape);
  const head = shape && new Head(shape, vector?.parameters.address ?? 0, 0, table);
  return { ...stateSide(setup, head), trained: () => vector?.tensors() ?? {} };
}

/** The name of a block's stream of random numbers. */
const streamOf = (block: number) => `batches.${prefixOf(block)}order`;

/**
 * The training of blocks of NoProp-DT: all of them, or some where the rest is trained elsewhere. Where the embedding or
 * the read-out is trained, all blocks share it. Each step then moves it once, by the sum of their objectives.
 */
export class BlockTraining implements ModelTraining {
  step = 0;
  /** The sum over the blocks: half the integral of min(SNR', cap) E|u - z_T|^2, and the objective's other terms. */
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

  constructor(setup: TrainingSetup, shape: Shape, blocks: Blocks, { saved, blocks: range }: TrainingStart = {}) {
    const { train, batch: size, seed } = setup;
    const { eta } = setup.experiment.training;
    const count = blocks.weights.length;
    if (range && range.length < count && trainsTogether(setup))
      throw new Error('blocks that share an embedding or a read-out in training cannot be trained apart');
    const headShape = trainedShape(setup);
    const shared = headShape && sharedHead(setup, headShape, saved);
    this.shared = shared;
    this.store = new RowStore(train.x);
    this.targets = new TargetRows(shared ? { table: shared.head.table, index: train.labels } : fixedTargets(setup));
    const source = { store: this.store, targets: this.targets, m: shape.states, size, eta };
    const numbers = range ?? Array.from(blocks.weights, (_, block) => block);
    this.trained = numbers.map((block) => {
      const random = saved ? new Random(saved.random[streamOf(block)]!) : Random.stream(seed, 'batches', block);
      // The last block's rows also give the step's one draw of states at the end.
      const last = block === count - 1 && trainsTogether(setup);
      const batches = new BlockBatches({ ...source, spare: last ? shape.states : 0 }, blocks, block, random);
      const batch = shared ? headed(batches, shared, blocks, last, eta) : batches;
      const initial = () => initialWeights(shape, seed, block);
      return { block, random, learner: new Learner(setup, shape, () => batch, initial, saved, prefixOf(block)) };
    });
    this.step = saved?.step ?? 0;
    const { length } = this.trained;
    this.errors = new Float32Array(size * length);
    this.bins = Int32Array.from(this.trained.flatMap(({ learner }) => [...learner.batch.bins]));
    this.blocks = { losses: new Float64Array(length), norms: new Float64Array(length) };
    this.rowWeights = Float32Array.from(
      this.trained.flatMap(({ block }) => new Array<number>(size).fill(length * eta * blocks.weights[block]!)),
    );
    const networks = new Map(this.trained.map(({ block, learner }) => [block, learner.answering]));
    this.model = new BlockModel(shape, blocks.times, networks, answeringSide(setup, shared), false);
  }

  next(): boolean {
    const { trained, errors, shared, step } = this;
    const { losses, norms } = this.blocks;
    const terms: Partial<Record<keyof Terms, number>> = {};
    shared?.objective.begin();
    let [loss, squares, at] = [0, 0, 0];
    for (const [i, { learner }] of trained.entries()) {
      if (!learner.next()) return this.fail(i, Number.isFinite(learner.loss));
      losses[i] = learner.loss;
      norms[i] = learner.norm;
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
    this.loss = loss;
    this.norm = Math.sqrt(squares);
    this.step++;
    return true;
  }

  /**
   * Leaves all at weights whose loss is finite, after a step that one block could not take (-1 for the head). The blocks
   * before it have taken it, those after it have not. `finite` says whether the loss is.
   */
  private fail(failed: number, finite: boolean): false {
    for (const [i, { learner }] of this.trained.entries()) if (i !== failed) learner.retreat();
    if (!finite) this.shared?.retreat(); // the loss depends on the head too
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
