import type { Address } from './heap';

/** Which kernels compute: our own with SIMD, those with relaxed SIMD (which rounds otherwise), or stock tfjs. */
export type KernelVariant = 'simd' | 'simd-relaxed' | 'plain';

/** The activations that a layer may have; their order is part of the kernels' interface. */
export const activations = ['linear', 'relu', 'silu', 'tanh'] as const;

export type Activation = (typeof activations)[number];

/**
 * What the trainer computes with, on tfjs' own heap: addresses are of single-precision numbers, row-major, where
 * nothing else is said; address 0 stands for none where a parameter may be left out. The SIMD variants are our own
 * kernels; "plain" is stock tfjs and JavaScript, and the others' reference.
 */
export interface Kernels {
  readonly variant: KernelVariant;

  /** C (m x n) = A (m x k) B (k x n) + bias (n; or none). */
  readonly multiply: (a: Address, m: number, k: number, b: Address, n: number, c: Address, bias: Address) => void;
  /** X (m x k) = D (m x n) W^T, for W k x n: the gradient in A of A W. */
  readonly multiplyRight: (d: Address, m: number, n: number, w: Address, k: number, x: Address) => void;
  /** W (k x n) = A^T D, for A m x k and D m x n: the gradient in W of A W. The columns' sums of D go to sums (n; or none). */
  readonly multiplyLeft: (a: Address, m: number, k: number, d: Address, n: number, w: Address, sums: Address) => void;
  /** An activation of count numbers in place; its derivative goes to slopes (or none). */
  readonly activate: (values: Address, count: number, activation: number, slopes: Address, skip: Address) => void;
  /** out[i] = a[i] b[i]. */
  readonly times: (a: Address, b: Address, out: Address, count: number) => void;

  /** Bytes of `space` for a pass of so many rows; keep is 1 where `backward` follows, else 0. */
  readonly networkSpace: (layers: Address, count: number, rows: number, keep: number) => number;
  /**
   * out (rows x outputs) from input (rows x inputs), through `count` layers of six integers each: inputs, outputs,
   * activation, residual (0 or 1), and where kernel and bias lie in parameters. base (rows x the first layer's outputs;
   * or none) is added in the first layer before its activation. keep is 1 where `backward` follows, else 0.
   */
  readonly forward: (layers: Address, count: number, parameters: Address, input: Address, rows: number, base: Address, out: Address, space: Address, keep: number) => void; // prettier-ignore
  /**
   * The gradients of all parameters, laid out as these, from d, the gradient of the answer (rows x outputs), after
   * `forward` on the same space. That of the input's first `columns` columns goes to dInput (rows x columns; or none).
   */
  readonly backward: (layers: Address, count: number, parameters: Address, input: Address, rows: number, d: Address, gradients: Address, dInput: Address, columns: number, space: Address) => void; // prettier-ignore

  /**
   * Answers the mean over rows of w_i |u_i - z_i|^2, for u and z rows x columns and w rows (or none: ones). `upstream`
   * times its gradient in u goes to slope, and each row's |u_i - z_i|^2 to errors.
   */
  readonly squaredError: (u: Address, z: Address, w: Address, rows: number, columns: number, upstream: number, slope: Address, errors: Address) => number; // prettier-ignore
  /**
   * Answers the mean over rows of -w_i log softmax(logits_i)[label_i], for int32 labels and w rows (or none: ones).
   * `upstream` times its gradient in the logits goes to slope, and each row's value, without w_i, to values.
   */
  readonly crossEntropy: (logits: Address, labels: Address, w: Address, rows: number, columns: number, upstream: number, slope: Address, values: Address) => number; // prettier-ignore
  /** The softmax of each row; out may be the logits themselves. */
  readonly softmax: (logits: Address, rows: number, columns: number, out: Address) => void;
  /** The gradient in the logits from p = softmax(logits) and the gradient d in p. */
  readonly softmaxSlope: (p: Address, d: Address, rows: number, columns: number, out: Address) => void;

  /** The sum of squares, in double precision. */
  readonly sumSquares: (at: Address, count: number) => number;
  /**
   * m = beta1 m + (1 - beta1) clip g, v = beta2 v + (1 - beta2) (clip g)^2, p = keep p - c1 m / (sqrt(c2 v) + epsilon);
   * the parameters before go to previous.
   */
  readonly adam: (p: Address, g: Address, m: Address, v: Address, previous: Address, count: number, clip: number, beta1: number, beta2: number, c1: number, c2: number, epsilon: number, keep: number) => void; // prettier-ignore
  /** mean = decay mean + (1 - decay) p. */
  readonly average: (mean: Address, p: Address, count: number, decay: number) => void;

  /** N(0, 1) from the generator whose 16 words (int32) are at state, which moves on. */
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
   * Rows of out, outStep numbers apart: sines, then cosines, of times by frequencies, both double, in whole turns. There
   * are as many frequencies as sines, readable up to a multiple of four.
   */
  readonly timeFeatures: (times: Address, rows: number, frequencies: Address, sines: number, cosines: number, out: Address, outStep: number) => void; // prettier-ignore
}
