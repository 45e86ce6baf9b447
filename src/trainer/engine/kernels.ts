import type { Address } from './heap';

/** Which kernels compute: our own with SIMD, our own with relaxed SIMD (whose rounding differs), or stock tfjs. */
export type KernelVariant = 'simd' | 'simd-relaxed' | 'plain';

/** The activations of a layer. Kernels get their index in this list. */
export const activations = ['linear', 'relu', 'silu', 'tanh'] as const;

export type Activation = (typeof activations)[number];

/**
 * The kernels of the trainer, on the wasm heap of tfjs. Addresses are of single-precision numbers, row-major, where
 * nothing else is said. Address 0 means that a parameter is left out. The SIMD variants are our own kernels. "plain" is
 * stock tfjs and JavaScript, the reference that the others are tested against.
 */
export interface Kernels {
  readonly variant: KernelVariant;

  /** C (m x n) = A (m x k) B (k x n) + bias (n, may be 0). */
  readonly multiply: (a: Address, m: number, k: number, b: Address, n: number, c: Address, bias: Address) => void;
  /** X (m x k) = D (m x n) W^T, for W k x n: the gradient in A of A W. */
  readonly multiplyRight: (d: Address, m: number, n: number, w: Address, k: number, x: Address) => void;
  /** W (k x n) = A^T D, for A m x k and D m x n: the gradient in W of A W. The sums of D's columns go to sums (n, may be 0). */
  readonly multiplyLeft: (a: Address, m: number, k: number, d: Address, n: number, w: Address, sums: Address) => void;
  /** Replaces count numbers by their activations, plus skip (may be 0). The derivatives go to slopes (may be 0). */
  readonly activate: (values: Address, count: number, activation: number, slopes: Address, skip: Address) => void;
  /** out[i] = a[i] b[i]. */
  readonly times: (a: Address, b: Address, out: Address, count: number) => void;

  /** Bytes of `space` for a pass of so many rows. keep is 1 where `backward` follows, else 0. */
  readonly networkSpace: (layers: Address, count: number, rows: number, keep: number) => number;
  /**
   * out (rows x outputs) from input (rows x inputs), through `count` layers of six integers each: inputs, outputs,
   * activation, residual (0 or 1), and where kernel and bias lie in parameters. base (rows x the first layer's outputs,
   * may be 0) is added in the first layer before its activation. keep is 1 where `backward` follows, else 0.
   */
  readonly forward: (layers: Address, count: number, parameters: Address, input: Address, rows: number, base: Address, out: Address, space: Address, keep: number) => void; // prettier-ignore
  /**
   * The gradients in all parameters, laid out as these, from d, the gradient in the output (rows x outputs), after
   * `forward` on the same space. That in the input's first `columns` columns goes to dInput (rows x columns, may be 0).
   */
  readonly backward: (layers: Address, count: number, parameters: Address, input: Address, rows: number, d: Address, gradients: Address, dInput: Address, columns: number, space: Address) => void; // prettier-ignore

  /**
   * Returns the mean over rows of w_i |u_i - z_i|^2, for u and z rows x columns and w rows (0 for ones). `upstream`
   * times its gradient in u goes to slope, and each row's |u_i - z_i|^2 to errors.
   */
  readonly squaredError: (u: Address, z: Address, w: Address, rows: number, columns: number, upstream: number, slope: Address, errors: Address) => number; // prettier-ignore
  /**
   * Returns the mean over rows of -w_i log softmax(logits_i)[label_i], for int32 labels and w rows (0 for ones).
   * `upstream` times its gradient in the logits goes to slope, and each row's value, without w_i, to values.
   */
  readonly crossEntropy: (logits: Address, labels: Address, w: Address, rows: number, columns: number, upstream: number, slope: Address, values: Address) => number; // prettier-ignore
  /** The softmax of each row. out may be the logits themselves. */
  readonly softmax: (logits: Address, rows: number, columns: number, out: Address) => void;
  /** The gradient in the logits from p = softmax(logits) and the gradient d in p. */
  readonly softmaxSlope: (p: Address, d: Address, rows: number, columns: number, out: Address) => void;

  /** The sum of squares, in double precision. */
  readonly sumSquares: (at: Address, count: number) => number;
  /**
   * m = beta1 m + (1 - beta1) clip g, v = beta2 v + (1 - beta2) (clip g)^2, p = keep p - c1 m / (sqrt(c2 v) + epsilon);
   * the parameters before it go to previous.
   */
  readonly adam: (p: Address, g: Address, m: Address, v: Address, previous: Address, count: number, clip: number, beta1: number, beta2: number, c1: number, c2: number, epsilon: number, keep: number) => void; // prettier-ignore
  /** mean = decay mean + (1 - decay) p. */
  readonly average: (mean: Address, p: Address, count: number, decay: number) => void;

  /** Samples of N(0, 1) from the generator whose state, 16 words (int32), is at state. The state moves on. */
  readonly normals: (out: Address, count: number, state: Address) => void;
  /** sqrt(sigmoid(g)), sqrt(sigmoid(-g)) and half of min(g' e^g, cap), for log-SNRs g and their rates g'. */
  readonly marginals: (logSnr: Address, rate: Address, count: number, cap: number, signal: Address, noise: Address, weight: Address) => void; // prettier-ignore
  /** Rows of out, outStep numbers apart: signal_i a_i + noise_i b_i, for a and b rows x columns. */
  readonly mix: (signal: Address, a: Address, noise: Address, b: Address, rows: number, columns: number, out: Address, outStep: number) => void; // prettier-ignore
  /** Rows of out, outStep numbers apart: the rows of source (n x columns) that ids (int32) name. */
  readonly gather: (
    source: Address,
    ids: Address,
    rows: number,
    columns: number,
    out: Address,
    outStep: number,
  ) => void;
  /**
   * Rows of out, outStep numbers apart: sines, then cosines, of times by frequencies, both double, in turns. There are
   * as many frequencies as sines, and memory after them up to a multiple of four.
   */
  readonly timeFeatures: (times: Address, rows: number, frequencies: Address, sines: number, cosines: number, out: Address, outStep: number) => void; // prettier-ignore
}
