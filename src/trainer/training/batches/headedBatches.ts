import type { Terms } from '../../../core/runs/metrics';
import { floats, floatsAt, type Address, type HeapArray } from '../../engine/heap';
import type { Head } from '../heads/head';
import { Objective } from '../heads/objective';
import type { Batches, StateBatches } from './batches';
import type { FinalStates } from './finalStates';
import type { StateInputs } from './stateInputs';

export interface HeadedBatchOptions {
  /** The weight of the squared error among the terms, which the batches' weights include. */
  readonly eta: number;
  /** The states that classes are read from, where the loss has the cross-entropy of the read-out. */
  readonly finalStates?: FinalStates | undefined;
  /** The log-SNR at the start, where the loss has a term for it. */
  readonly startLogSnr?: number | undefined;
  /** The objective of several batches in one step. Its owner resets it, writes its gradients and disposes it and the head. */
  readonly shared?: Objective | undefined;
}

/**
 * Batches of states with the whole objective, for a head with parameters of its own or a softmax prediction. The inner
 * batches become its own, and so do the head and the objective unless that is shared. Dispose it.
 */
export class HeadedBatches implements Batches {
  readonly stateGradient: HeapArray | undefined;
  terms: Terms = {};
  private readonly objective: Objective;
  private readonly finalStates: HeapArray | undefined;
  private readonly ownGradient: HeapArray | undefined;
  /** Whether the embeddings are trained. */
  private readonly trainsEmbeddings: boolean;

  constructor(
    readonly inner: StateBatches,
    private readonly head: Head,
    private readonly options: HeadedBatchOptions,
  ) {
    const count = inner.size * head.shape.dimension;
    this.objective = options.shared ?? new Objective(head, inner.size);
    this.trainsEmbeddings = head.shape.embedding === 'learned';
    if (this.trainsEmbeddings && !inner.stateGradient) this.ownGradient = floats(count);
    this.stateGradient = inner.stateGradient ?? this.ownGradient;
    if (options.finalStates) this.finalStates = floats(count);
  }

  get size(): number {
    return this.inner.size;
  }
  get inputs(): StateInputs {
    return this.inner.inputs;
  }
  get bins(): Int32Array {
    return this.inner.bins;
  }
  get weights(): HeapArray | undefined {
    return this.inner.weights;
  }

  next(): void {
    this.inner.next();
  }

  loss(output: Address, gradient: Address, errors: Address): number {
    const { inner, head, objective, options, size } = this;
    const { targets, lossWeights } = inner;
    const labels = inner.inputs.labels.values;
    const { eta, startLogSnr, shared } = options;
    if (!shared) objective.reset();
    const squaredError = objective.squaredError(output, targets.address, lossWeights?.address ?? 0, errors);
    inner.toStateErrors?.(errors);
    objective.addTargetGradient(labels);
    const crossEntropy = this.crossEntropy(output);
    const kl = this.trainsEmbeddings && startLogSnr !== undefined ? objective.priorKl(labels, startLogSnr) : undefined;
    this.terms = {
      denoising: squaredError / eta,
      ...(crossEntropy !== undefined && { crossEntropy }),
      ...(kl !== undefined && { kl }),
    };
    const count = size * head.outputs;
    floatsAt(gradient, count).set(floatsAt(objective.outputGradient(), count));
    return squaredError + (crossEntropy ?? 0) + (kl ?? 0);
  }

  writeHeadGradients(gradients: Address): void {
    const { inner, objective, trainsEmbeddings, stateGradient, options } = this;
    if (trainsEmbeddings)
      objective.addTableGradient(inner.inputs.labels.values, stateGradient!.address, inner.inputs.signal.values);
    if (!options.shared) objective.writeGradients(gradients);
  }

  trainSchedule(errors: ArrayLike<number>, learningRate: number, step: number): void {
    this.inner.trainSchedule?.(errors, learningRate, step);
  }
  undoStep(): void {
    this.inner.undoStep?.();
  }

  dispose(): void {
    for (const one of [this.inner, this.ownGradient, this.finalStates]) one?.dispose();
    if (this.options.shared) return;
    this.head.dispose();
    this.objective.dispose();
  }

  /** The cross-entropy of the read-out, where the loss has it. Adds its gradients to the others. */
  private crossEntropy(output: Address): number | undefined {
    const { inner, objective, finalStates: states, options } = this;
    const { labels } = inner.inputs;
    if (!states || !options.finalStates) return undefined;
    const { finalStates } = options;
    finalStates.write(states, output);
    const { value, gradient } = objective.crossEntropy(states.address, labels.address);
    objective.addTableGradient(labels.values, gradient, finalStates.targetFactor());
    if (finalStates.outputFactor) objective.addPredictionGradient(gradient, finalStates.outputFactor());
    return value;
  }
}
