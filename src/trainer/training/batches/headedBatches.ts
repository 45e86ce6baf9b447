import type { Terms } from '../../../core/runs/metrics';
import { floats, floatsAt, type Address, type Block } from '../../engine/heap';
import type { Batch, StateBatch } from './batch';
import type { Ends } from './finalStates';
import type { Head } from '../heads/head';
import { Objective } from '../heads/objective';

export interface HeadedOptions {
  /** The weight of the squared error among the terms, which is in the batches' weights. */
  readonly eta: number;
  /** Where the loss has the cross-entropy of the read-out. */
  readonly ends?: Ends | undefined;
  /** The log-SNR at the start, where the loss has a term for it. */
  readonly start?: number | undefined;
  /** The terms and gradients of the whole step, where it has other batches too; its own and the head's owner begins and ends it. */
  readonly shared?: Objective | undefined;
}

/**
 * Batches with the whole objective on them, for a head with parameters of its own or a softmax prediction; both become
 * its own, unless the objective is shared. Dispose it.
 */
export class HeadedBatch implements Batch {
  readonly stateSlope: Block | undefined;
  terms: Terms = {};
  private readonly objective: Objective;
  private readonly states: Block | undefined;
  private readonly own: Block | undefined;
  /** Whether the embeddings are trained. */
  private readonly learns: boolean;

  constructor(
    readonly inner: StateBatch,
    private readonly head: Head,
    private readonly options: HeadedOptions,
  ) {
    const count = inner.size * head.shape.dimension;
    this.objective = options.shared ?? new Objective(head, inner.size);
    this.learns = head.shape.embedding === 'learned';
    if (this.learns && !inner.stateSlope) this.own = floats(count);
    this.stateSlope = inner.stateSlope ?? this.own;
    if (options.ends) this.states = floats(count);
  }

  get size(): number {
    return this.inner.size;
  }
  get input(): Block {
    return this.inner.input;
  }
  get bins(): Int32Array {
    return this.inner.bins;
  }
  get weights(): Block | undefined {
    return this.inner.weights;
  }

  next(): void {
    this.inner.next();
  }

  loss(answers: Address, slope: Address, errors: Address): number {
    const { inner, head, objective, states, options, size } = this;
    const { labels, targets, lossWeights } = inner;
    const { eta, ends, start, shared } = options;
    if (!shared) objective.begin();
    let loss = objective.denoise(answers, targets.address, lossWeights?.address ?? 0, errors);
    inner.settle?.(errors);
    objective.addTargets(labels.values);
    this.terms = { denoising: loss / eta };
    if (states && ends) {
      ends.write(states, answers);
      const { value: crossEntropy, slope: inEnds } = objective.classify(states.address, labels.address);
      objective.addRows(labels.values, inEnds, ends.target());
      if (ends.answer) objective.addToU(inEnds, ends.answer());
      loss += crossEntropy;
      this.terms = { ...this.terms, crossEntropy };
    }
    if (this.learns && start !== undefined) {
      const kl = objective.prior(labels.values, start);
      loss += kl;
      this.terms = { ...this.terms, kl };
    }
    const count = size * head.outputs;
    floatsAt(slope, count).set(floatsAt(objective.answersSlope(), count));
    return loss;
  }

  finish(gradients: Address): void {
    const { inner, objective, learns, stateSlope, options } = this;
    if (learns) objective.addRows(inner.labels.values, stateSlope!.address, inner.signal.values);
    if (!options.shared) objective.write(gradients);
  }

  learn(errors: ArrayLike<number>, rate: number, step: number): void {
    this.inner.learn?.(errors, rate, step);
  }
  retreat(): void {
    this.inner.retreat?.();
  }

  save(): Int32Array {
    return this.inner.save();
  }
  restore(state: ArrayLike<number>): void {
    this.inner.restore(state);
  }

  dispose(): void {
    for (const one of [this.inner, this.own, this.states]) one?.dispose();
    if (this.options.shared) return;
    this.head.dispose();
    this.objective.dispose();
  }
}
