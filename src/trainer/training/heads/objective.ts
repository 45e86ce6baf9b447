import { priorKl } from '../../../core/process/marginals';
import { sigmoid } from '../../../core/math/stable';
import { kernels } from '../../engine/backend';
import { floats, floatsAt, type Address, type HeapArray } from '../../engine/heap';
import type { Head } from './head';

/** A term of the objective over a batch, and where its gradient in the term's input lies. */
export interface LossTerm {
  readonly value: number;
  readonly gradient: Address;
}

/**
 * The terms of the objective over batches of `size` rows: E[w |u - z_T|^2] - log p(y | z_1) + KL(q(z_0 | y) || N(0, I))
 * (Li et al. 2025), with eta in w. Also the sum of their gradients in a head's parameters over a step. Dispose it.
 */
export class Objective {
  /** The gradient in the table, where it is trained. */
  private readonly inEmbeddings: Float64Array;
  private readonly inU: HeapArray;
  private readonly inOutputs: HeapArray | undefined;
  private readonly inTable: HeapArray | undefined;
  private readonly logits: HeapArray;
  private readonly inLogits: HeapArray;
  private readonly inStates: HeapArray;
  /** The gradients in the read-out's kernel and, behind them, in its bias. */
  private readonly inReadout: HeapArray;
  private readonly values: HeapArray;

  constructor(
    private readonly head: Head,
    private readonly size: number,
  ) {
    const { classes, dimension, prediction } = head.shape;
    const trained = 'embedding.table' in head.places;
    this.inEmbeddings = new Float64Array(trained ? classes * dimension : 0);
    this.inU = floats(size * dimension);
    this.inStates = floats(size * dimension);
    if (prediction === 'softmax') this.inOutputs = floats(size * classes);
    if (prediction === 'softmax' && trained) this.inTable = floats(classes * dimension);
    this.logits = floats(size * classes);
    this.inLogits = floats(size * classes);
    this.inReadout = floats((dimension + 1) * classes);
    this.values = floats(size);
  }

  /** Begins a step: no gradient yet. */
  reset(): void {
    this.inEmbeddings.fill(0);
  }

  /**
   * The mean over rows of w_i |u_i - z_i|^2 for u of the network's outputs and targets z (size x m). Each row's
   * |u_i - z_i|^2 goes to errors. The gradient in u is kept; with the sign changed it is that in the targets.
   */
  squaredError(outputs: Address, targets: Address, weights: Address, errors: Address): number {
    const { head, size, inU } = this;
    const u = head.predict(outputs, size);
    return kernels().squaredError(u, targets, weights, size, head.shape.dimension, 1, inU.address, errors);
  }

  /** Adds to the gradient in u (size x m), after `denoise`. */
  addPredictionGradient(gradient: Address, factors: Float32Array): void {
    const { dimension } = this.head.shape;
    const [to, from] = [this.inU.values, floatsAt(gradient, this.size * dimension)];
    for (let k = 0; k < to.length; k++) to[k] = to[k]! + factors[Math.floor(k / dimension)]! * from[k]!;
  }

  /** Where the gradient in the outputs lies, once that in u is complete. Adds the table's part of it. */
  outputGradient(): Address {
    const { head, size, inU, inOutputs, inTable, inEmbeddings } = this;
    const { classes, dimension } = head.shape;
    if (!inOutputs) return inU.address;
    const probabilities = head.probabilitiesAt(size);
    if (inTable) {
      kernels().multiplyLeft(probabilities, size, classes, inU.address, dimension, inTable.address, 0);
      inTable.values.forEach((value, k) => (inEmbeddings[k] = inEmbeddings[k]! + value));
    }
    kernels().multiplyRight(inU.address, size, dimension, head.table, classes, inOutputs.address);
    kernels().softmaxSlope(probabilities, inOutputs.address, size, classes, inOutputs.address);
    return inOutputs.address;
  }

  /** Adds the gradient that the squared error itself has in the targets to that in the table. */
  addTargetGradient(labels: Int32Array): void {
    this.addTableGradient(labels, this.inU.address, -1);
  }

  /** Adds rows of a gradient (size x m), each times its factor, to the rows of the table that labels name. */
  addTableGradient(labels: Int32Array, gradient: Address, factors: number | Float32Array): void {
    const { inEmbeddings, size } = this;
    if (!inEmbeddings.length) return;
    const { dimension } = this.head.shape;
    const from = floatsAt(gradient, size * dimension);
    for (let i = 0; i < size; i++) {
      const factor = typeof factors === 'number' ? factors : factors[i]!;
      const to = labels[i]! * dimension;
      for (let j = 0; j < dimension; j++)
        inEmbeddings[to + j] = inEmbeddings[to + j]! + factor * from[i * dimension + j]!;
    }
  }

  /** The mean over rows of -log p(y | z) for states z (size x m), and its gradient in them. Keeps that in the read-out. */
  crossEntropy(z: Address, labels: Address): LossTerm {
    const { head, size, logits, inLogits, inStates, inReadout, values } = this;
    const { classes, dimension } = head.shape;
    head.logits(z, size, logits.address);
    const value = kernels().crossEntropy(logits.address, labels, 0, size, classes, 1, inLogits.address, values.address);
    const bias = inReadout.address + 4 * dimension * classes;
    kernels().multiplyLeft(z, size, dimension, inLogits.address, classes, inReadout.address, bias);
    kernels().multiplyRight(inLogits.address, size, classes, head.kernel, dimension, inStates.address);
    if (head.shape.readout === 'nearest') this.addNearest();
    return { value, gradient: inStates.address };
  }

  /** The mean over rows of KL(q(z_0 | y) || N(0, I)) at the first log-SNR. Its gradient in z_T is alphaBar_0 z_T. */
  priorKl(labels: Int32Array, logSnr: number): number {
    const { head, size, inEmbeddings } = this;
    const { classes, dimension } = head.shape;
    const table = head.embeddings;
    const each = priorKl(logSnr, Float64Array.from(table), dimension);
    const counts = new Int32Array(classes);
    for (let i = 0; i < size; i++) counts[labels[i]!] = counts[labels[i]!]! + 1;
    const factor = sigmoid(logSnr) / size;
    inEmbeddings.forEach((sum, k) => (inEmbeddings[k] = sum + factor * counts[Math.floor(k / dimension)]! * table[k]!));
    return each.reduce((sum, value, c) => sum + value * counts[c]!, 0) / size;
  }

  /** Ends a step: writes the gradients of what is trained in the head into the vector of all, which begins at `to`. */
  writeGradients(to: Address): void {
    const { head, inEmbeddings, inReadout } = this;
    const { 'embedding.table': table, 'readout.kernel': kernel } = head.places;
    if (table !== undefined) floatsAt(to + 4 * table, inEmbeddings.length).set(inEmbeddings);
    if (kernel !== undefined) floatsAt(to + 4 * kernel, inReadout.length).set(inReadout.values);
  }

  dispose(): void {
    const { inU, inOutputs, inTable, logits, inLogits, inStates, inReadout, values } = this;
    for (const one of [inU, inOutputs, inTable, logits, inLogits, inStates, inReadout, values]) one?.dispose();
  }

  /** The nearest read-out's kernel is W^T and its bias -|W_c|^2 / 2, so their gradients go to the table. */
  private addNearest(): void {
    const { head, inEmbeddings, inReadout } = this;
    const { classes, dimension } = head.shape;
    const [table, gradient] = [head.embeddings, inReadout.values];
    inEmbeddings.forEach((sum, at) => {
      const [c, j] = [Math.floor(at / dimension), at % dimension];
      inEmbeddings[at] = sum + gradient[j * classes + c]! - gradient[dimension * classes + c]! * table[at]!;
    });
  }
}
