import { priorKl } from '../../../core/process/marginals';
import { sigmoid } from '../../../core/math/stable';
import { kernels } from '../../engine/backend';
import { floats, floatsAt, type Address, type Block } from '../../engine/heap';
import type { Head } from './head';

/** A term of the objective over a batch, and where its gradient lies in what the term was given. */
export interface Term {
  readonly value: number;
  readonly slope: Address;
}

/**
 * The terms of the objective over batches of `size` rows, E[w |u - z_T|^2] - log p(y | z_1) + KL(q(z_0 | y) || N(0, I))
 * (Li et al. 2025; w with eta in it), and the gradients of them in a head's parameters, summed up over a step. Dispose it.
 */
export class Objective {
  /** The gradient in the table, where it is trained. */
  private readonly sums: Float64Array;
  private readonly inU: Block;
  private readonly inAnswers: Block | undefined;
  private readonly inTable: Block | undefined;
  private readonly logits: Block;
  private readonly inLogits: Block;
  private readonly inStates: Block;
  /** The gradients in the read-out's kernel and, behind them, its bias. */
  private readonly inReadout: Block;
  private readonly values: Block;

  constructor(
    private readonly head: Head,
    private readonly size: number,
  ) {
    const { classes, dimension, prediction } = head.shape;
    const trained = 'embedding.table' in head.places;
    this.sums = new Float64Array(trained ? classes * dimension : 0);
    [this.inU, this.inStates] = [floats(size * dimension), floats(size * dimension)];
    if (prediction === 'softmax') this.inAnswers = floats(size * classes);
    if (prediction === 'softmax' && trained) this.inTable = floats(classes * dimension);
    [this.logits, this.inLogits] = [floats(size * classes), floats(size * classes)];
    this.inReadout = floats((dimension + 1) * classes);
    this.values = floats(size);
  }

  /** Begins a step: no gradient yet. */
  begin(): void {
    this.sums.fill(0);
  }

  /**
   * The mean over rows of w_i |u_i - z_i|^2 for u of the network's answers and targets z (size x m); each row's
   * |u_i - z_i|^2 goes to errors. The gradient in u, which is also minus that in the targets, is kept.
   */
  denoise(answers: Address, targets: Address, weights: Address, errors: Address): number {
    const { head, size, inU } = this;
    const u = head.predict(answers, size);
    return kernels().squaredError(u, targets, weights, size, head.shape.dimension, 1, inU.address, errors);
  }

  /** Adds to the gradient in u (size x m), after `denoise`. */
  addToU(slope: Address, factors: Float32Array): void {
    const { dimension } = this.head.shape;
    const [to, from] = [this.inU.values, floatsAt(slope, this.size * dimension)];
    for (let k = 0; k < to.length; k++) to[k] = to[k]! + factors[Math.floor(k / dimension)]! * from[k]!;
  }

  /** Where the gradient in the answers lies, once that in u is whole; the table is given its part. */
  answersSlope(): Address {
    const { head, size, inU, inAnswers, inTable, sums } = this;
    const { classes, dimension } = head.shape;
    if (!inAnswers) return inU.address;
    const shares = head.sharesAt(size);
    if (inTable) {
      kernels().multiplyLeft(shares, size, classes, inU.address, dimension, inTable.address, 0);
      inTable.values.forEach((value, k) => (sums[k] = sums[k]! + value));
    }
    kernels().multiplyRight(inU.address, size, dimension, head.table, classes, inAnswers.address);
    kernels().softmaxSlope(shares, inAnswers.address, size, classes, inAnswers.address);
    return inAnswers.address;
  }

  /** The gradient in the targets that the squared error itself has goes to the table. */
  addTargets(labels: Int32Array): void {
    this.addRows(labels, this.inU.address, -1);
  }

  /** Adds rows of a gradient (size x m), each times its factor, to those of the table that labels name. */
  addRows(labels: Int32Array, slope: Address, factors: number | Float32Array): void {
    const { sums, size } = this;
    if (!sums.length) return;
    const { dimension } = this.head.shape;
    const from = floatsAt(slope, size * dimension);
    for (let i = 0; i < size; i++) {
      const factor = typeof factors === 'number' ? factors : factors[i]!;
      const to = labels[i]! * dimension;
      for (let j = 0; j < dimension; j++) sums[to + j] = sums[to + j]! + factor * from[i * dimension + j]!;
    }
  }

  /** The mean over rows of -log p(y | z) for states z (size x m), its gradient in them, and the read-out's kept. */
  classify(z: Address, labels: Address): Term {
    const { head, size, logits, inLogits, inStates, inReadout, values } = this;
    const { classes, dimension } = head.shape;
    head.logits(z, size, logits.address);
    const value = kernels().crossEntropy(logits.address, labels, 0, size, classes, 1, inLogits.address, values.address);
    const bias = inReadout.address + 4 * dimension * classes;
    kernels().multiplyLeft(z, size, dimension, inLogits.address, classes, inReadout.address, bias);
    kernels().multiplyRight(inLogits.address, size, classes, head.kernel, dimension, inStates.address);
    if (head.shape.readout === 'nearest') this.addNearest();
    return { value, slope: inStates.address };
  }

  /** The mean over rows of KL(q(z_0 | y) || N(0, I)) at the log-SNR of the start, whose gradient is alphaBar_0 z_T. */
  prior(labels: Int32Array, logSnr: number): number {
    const { head, size, sums } = this;
    const { classes, dimension } = head.shape;
    const table = head.embeddings;
    const each = priorKl(logSnr, Float64Array.from(table), dimension);
    const counts = new Int32Array(classes);
    for (let i = 0; i < size; i++) counts[labels[i]!] = counts[labels[i]!]! + 1;
    const share = sigmoid(logSnr) / size;
    sums.forEach((sum, k) => (sums[k] = sum + share * counts[Math.floor(k / dimension)]! * table[k]!));
    return each.reduce((sum, value, c) => sum + value * counts[c]!, 0) / size;
  }

  /** Ends a step: writes the gradients of what is trained in the head into the vector of all, which begins at `to`. */
  write(to: Address): void {
    const { head, sums, inReadout } = this;
    const { 'embedding.table': table, 'readout.kernel': kernel } = head.places;
    if (table !== undefined) floatsAt(to + 4 * table, sums.length).set(sums);
    if (kernel !== undefined) floatsAt(to + 4 * kernel, inReadout.length).set(inReadout.values);
  }

  dispose(): void {
    const { inU, inAnswers, inTable, logits, inLogits, inStates, inReadout, values } = this;
    for (const one of [inU, inAnswers, inTable, logits, inLogits, inStates, inReadout, values]) one?.dispose();
  }

  /** The nearest read-out's kernel is W^T and its bias -|W_c|^2 / 2: their gradients are the table's. */
  private addNearest(): void {
    const { head, sums, inReadout } = this;
    const { classes, dimension } = head.shape;
    const [table, slope] = [head.embeddings, inReadout.values];
    sums.forEach((sum, at) => {
      const [c, j] = [Math.floor(at / dimension), at % dimension];
      sums[at] = sum + slope[j * classes + c]! - slope[dimension * classes + c]! * table[at]!;
    });
  }
}
