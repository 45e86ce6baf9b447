import type { HeadShape } from '../../../src/trainer/training/heads/layout';
import { parameterShapes, type NetworkShape } from '../../../src/trainer/network/network';

/** Named parameters in double precision. */
export type Doubles = Readonly<Record<string, Float64Array>>;

const ACTIVATIONS = {
  linear: (v: number) => v,
  relu: (v: number) => Math.max(0, v),
  silu: (v: number) => v / (1 + Math.exp(-v)),
  tanh: Math.tanh,
};

/** A network's answer to one row, written from its definition. */
export function answer(shape: NetworkShape, weights: Doubles, input: readonly number[]): number[] {
  const sizes = Object.entries(parameterShapes(shape)).filter(([name]) => /^layers\.\d+\.kernel$/.test(name));
  return sizes.reduce(
    (value, [, [rows, columns]], layer) => {
      const [kernel, bias] = [weights[`layers.${layer}.kernel`]!, weights[`layers.${layer}.bias`]!];
      const inner = layer < sizes.length - 1;
      const residual = shape.residual && inner && layer > 0 && rows === columns;
      return Array.from({ length: columns! }, (_, j) => {
        let sum = bias[j]!;
        for (let k = 0; k < rows!; k++) sum += value[k]! * kernel[k * columns! + j]!;
        return (inner ? ACTIVATIONS[shape.activation](sum) : sum) + (residual ? value[j]! : 0);
      });
    },
    [...input],
  );
}

export const logSum = (values: readonly number[]): number => {
  const top = Math.max(...values);
  return top + Math.log(values.reduce((sum, v) => sum + Math.exp(v - top), 0));
};

export const square = (values: readonly number[]): number => values.reduce((sum, v) => sum + v * v, 0);

const row = (values: ArrayLike<number>, i: number, m: number) =>
  Array.from({ length: m }, (_, j) => values[i * m + j]!);

/** z_T of a class. */
export const embedding = ({ dimension }: HeadShape, table: ArrayLike<number>, label: number): number[] =>
  row(table, label, dimension);

/** u of an answer: itself, or softmax(answer) W. */
export function prediction(shape: HeadShape, table: ArrayLike<number>, answers: readonly number[]): number[] {
  if (shape.prediction === 'regression') return [...answers];
  const shares = answers.map((v) => Math.exp(v - logSum(answers)));
  return Array.from({ length: shape.dimension }, (_, j) =>
    shares.reduce((sum, share, c) => sum + share * table[c * shape.dimension + j]!, 0),
  );
}

/** -log p(y | z) of a read-out. */
export function crossEntropy(
  shape: HeadShape,
  table: ArrayLike<number>,
  weights: Doubles,
  z: readonly number[],
  label: number,
): number {
  const { classes, dimension: m, readout } = shape;
  const logits = Array.from({ length: classes }, (_, c) => {
    if (readout === 'nearest') return -square(z.map((v, j) => v - table[c * m + j]!)) / 2;
    const kernel = weights['readout.kernel']!;
    return weights['readout.bias']![c]! + z.reduce((sum, v, j) => sum + v * kernel[j * classes + c]!, 0);
  });
  return logSum(logits) - logits[label]!;
}
