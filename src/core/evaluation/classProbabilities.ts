/**
 * Class probabilities as the mean over several starts: p_k(x) = 1/S sum over s of r_k(z_1(z_0^s, x)). For a read-out
 * that only names a class r is one-hot, so p is the share of votes. The starts are drawn from a law that does not
 * depend on x, so this is the Monte Carlo estimate of the model's own p(y | x).
 */
export class ClassProbabilities {
  private readonly sums: Float64Array;
  private starts = 0;

  /** For n rows of m classes. */
  constructor(
    n: number,
    private readonly m: number,
  ) {
    this.sums = new Float64Array(n * m);
  }

  /** Adds the labels (n) that one start leads to. */
  addLabels(labels: ArrayLike<number>): void {
    const { sums, m } = this;
    for (let i = 0; i < labels.length; i++) sums[i * m + labels[i]!] = sums[i * m + labels[i]!]! + 1;
    this.starts++;
  }

  /** Adds the probabilities (n x m) that one start leads to. */
  addProbabilities(probabilities: ArrayLike<number>): void {
    const { sums } = this;
    for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! + probabilities[i]!;
    this.starts++;
  }

  /** n x m: the mean over the starts so far. */
  probabilities(): Float64Array {
    return this.sums.map((sum) => sum / this.starts);
  }
}
