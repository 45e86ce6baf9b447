import { Random } from '../../../core/math/random';
import type { Terms } from '../../../core/runs/metrics';
import { initialWeights, type NetworkShape } from '../../network/network';
import type { Tensors } from '../../network/tensors';
import type { Model } from '../../sampling/model';
import { BlockBatches } from '../batches/blockBatches';
import type { Blocks } from '../../../core/sampling/blocks';
import { marginalFinalStates } from '../batches/finalStates';
import { HeadedBatches, type HeadedBatchOptions } from '../batches/headedBatches';
import { FeatureStore } from '../batches/featureStore';
import { TargetStore } from '../batches/targetStore';
import { Head } from '../heads/head';
import { hasParameters, initialHead, type HeadShape } from '../heads/layout';
import { blockModel, blockPrefix, type BlockParts } from './blockModel';
import { fixedTargets, headShapeOf, initialEmbeddings, objectiveHeadShape } from './headedNetwork';
import { HeadTrainer } from './headTrainer';
import type { ModelSpec, TrainingSetup } from './modelSpec';
import type { ModelTraining, StartOptions } from './modelTraining';
import { NetworkTrainer } from './networkTrainer';
import { stateCodec } from './stateCodec';
import type { TrainingState, TrainingSnapshot } from './trainingState';

/** One block in training, with its own stream of random numbers: its result does not depend on the others. */
interface BlockTrainer {
  readonly block: number;
  readonly trainer: NetworkTrainer;
  readonly random: Random;
}

/** Whether the blocks share what is trained, so that they cannot be trained apart. */
export function sharesParameters(spec: ModelSpec): boolean {
  const head = headShapeOf(spec);
  return head !== undefined && hasParameters(head);
}

function headTrainerOf(setup: TrainingSetup, shape: HeadShape, saved: TrainingState | undefined): HeadTrainer {
  const table = initialEmbeddings(setup, shape);
  return new HeadTrainer(
    setup,
    shape,
    { size: setup.batchSize, table, initial: () => initialHead(shape, table) },
    saved,
  );
}

/** A block's batches with its part of the objective. The last block also has the terms of both ends. */
function headed(batches: BlockBatches, { head, objective }: HeadTrainer, blocks: Blocks, last: boolean, eta: number) {
  const { schedule, window } = blocks;
  const ends: Partial<HeadedBatchOptions> = last
    ? {
        finalStates: marginalFinalStates(batches.inputs, schedule.logSnr(window.end)),
        startLogSnr: schedule.logSnr(window.start),
      }
    : {};
  return new HeadedBatches(batches, head, { eta, shared: objective, ...ends });
}

/** The states of a model in training, and the weights that its blocks share, by the EMA of the head where one is trained. */
function predictionCodec(
  setup: TrainingSetup,
  headTrainer: HeadTrainer | undefined,
): Pick<BlockParts, 'codec' | 'shared'> {
  const shape = headShapeOf(setup);
  const vector = headTrainer?.predictionParameters;
  const table = shape && initialEmbeddings(setup, shape);
  const head = shape && new Head(shape, vector?.parameters.address ?? 0, 0, table);
  return { codec: stateCodec(setup, head), shared: () => vector?.tensors() ?? {} };
}

/** The name of a block's stream of random numbers. */
const streamOf = (block: number) => `batches.${blockPrefix(block)}order`;

/**
 * The training of blocks of NoProp-DT: all of them, or some where the rest is trained elsewhere. Where the embedding or
 * the read-out is trained, all blocks share it. Each step then moves it once, by the sum of their objectives.
 */
export class BlockTraining implements ModelTraining {
  step = 0;
  /** The sum over the blocks: half the integral of min(SNR', cap) E|u - z_T|^2, and the objective's other terms. */
  loss = NaN;
  gradientNorm = NaN;
  terms: Terms = {};
  /** Block after block. */
  readonly errors: Float32Array;
  readonly bins: Int32Array;
  /** Times the number of blocks, so that the mean over all rows is the loss. */
  readonly rowWeights: Float32Array;
  readonly blocks: { readonly losses: Float64Array; readonly norms: Float64Array };
  readonly model: Model;
  readonly blockTrainers: readonly BlockTrainer[];
  private readonly sharedHead: HeadTrainer | undefined;
  private readonly store: FeatureStore;
  private readonly targets: TargetStore;

  constructor(setup: TrainingSetup, shape: NetworkShape, blocks: Blocks, { resume, blocks: range }: StartOptions = {}) {
    const { train, batchSize: size, seed } = setup;
    const { eta } = setup.experiment.training;
    const count = blocks.weights.length;
    if (range && range.length < count && sharesParameters(setup))
      throw new Error('blocks that share an embedding or a read-out in training cannot be trained apart');
    const headShape = objectiveHeadShape(setup);
    const shared = headShape && headTrainerOf(setup, headShape, resume);
    this.sharedHead = shared;
    this.store = new FeatureStore(train.x);
    this.targets = new TargetStore(shared ? { table: shared.head.table, index: train.labels } : fixedTargets(setup));
    const options = { store: this.store, targets: this.targets, states: shape.states, size, eta };
    const numbers = range ?? Array.from(blocks.weights, (_, block) => block);
    this.blockTrainers = numbers.map((block) => {
      const random = resume ? new Random(resume.random[streamOf(block)]!) : Random.stream(seed, 'batches', block);
      // The last block's rows also give the step's one draw of states at the end.
      const last = block === count - 1 && sharesParameters(setup);
      const states = new BlockBatches({ ...options, spare: last ? shape.states : 0 }, blocks, block, random);
      const batches = shared ? headed(states, shared, blocks, last, eta) : states;
      const initial = () => initialWeights(shape, seed, block);
      return {
        block,
        random,
        trainer: new NetworkTrainer(setup, shape, () => batches, initial, resume, blockPrefix(block)),
      };
    });
    this.step = resume?.step ?? 0;
    const { length } = this.blockTrainers;
    this.errors = new Float32Array(size * length);
    this.bins = Int32Array.from(this.blockTrainers.flatMap(({ trainer }) => [...trainer.bins]));
    this.blocks = { losses: new Float64Array(length), norms: new Float64Array(length) };
    this.rowWeights = Float32Array.from(
      this.blockTrainers.flatMap(({ block }) => new Array<number>(size).fill(length * eta * blocks.weights[block]!)),
    );
    const networks = new Map(this.blockTrainers.map(({ block, trainer }) => [block, trainer.predictionNetwork]));
    this.model = blockModel({ times: blocks.times, networks, ...predictionCodec(setup, shared) }, false);
  }

  next(): boolean {
    const { blockTrainers, errors, sharedHead, step } = this;
    const { losses, norms } = this.blocks;
    const terms: Partial<Record<keyof Terms, number>> = {};
    sharedHead?.objective.reset();
    let [loss, squares, at] = [0, 0, 0];
    for (const [i, { trainer }] of blockTrainers.entries()) {
      if (!trainer.next()) return this.fail(i, Number.isFinite(trainer.loss));
      losses[i] = trainer.loss;
      norms[i] = trainer.gradientNorm;
      loss += trainer.loss;
      squares += trainer.gradientNorm ** 2;
      errors.set(trainer.errors, at);
      at += trainer.errors.length;
      for (const [key, value] of Object.entries(trainer.terms ?? {}) as [keyof Terms, number][])
        terms[key] = (terms[key] ?? 0) + value;
    }
    const norm = sharedHead?.next(step) ?? 0;
    if (!Number.isFinite(norm)) return this.fail(-1, true);
    squares += norm ** 2;
    this.terms = terms.crossEntropy === undefined ? {} : terms;
    this.loss = loss;
    this.gradientNorm = Math.sqrt(squares);
    this.step++;
    return true;
  }

  /**
   * Leaves all at weights whose loss is finite, after a step that one block could not take (-1 for the head). The blocks
   * before it have taken it, those after it have not. `finite` says whether the loss is.
   */
  private fail(failed: number, finite: boolean): false {
    for (const [i, { trainer }] of this.blockTrainers.entries()) if (i !== failed) trainer.undoStep();
    if (!finite) this.sharedHead?.undoStep(); // the loss depends on the head too
    return false;
  }

  weights(): Tensors {
    return this.model.weights();
  }

  save(): TrainingSnapshot {
    const { blockTrainers, step, sharedHead } = this;
    return {
      step,
      weights: this.weights(),
      state: Object.assign({}, ...blockTrainers.map(({ trainer }) => trainer.state()), sharedHead?.state()) as Tensors,
      random: Object.fromEntries(blockTrainers.map(({ block, random }) => [streamOf(block), random.state()])),
    };
  }

  dispose(): void {
    this.model.dispose();
    for (const { trainer } of this.blockTrainers) trainer.dispose();
    this.sharedHead?.dispose();
    this.store.dispose();
    this.targets.dispose();
  }
}
