import * as tf from '@tensorflow/tfjs-core';

export type Activation = 'relu' | 'silu' | 'tanh' | 'linear';

type Dense = (x: tf.Tensor2D, kernel: tf.Tensor2D, bias: tf.Tensor1D) => tf.Tensor2D;

/**
 * activation(x kernel + bias) for x (n x in), kernel (in x out), bias (out): one node on the tape with its own
 * gradient, whose products go to XNNPACK. Without `inner` no gradient of x is formed (the first layer needs none).
 */
export function dense(
  x: tf.Tensor2D,
  kernel: tf.Tensor2D,
  bias: tf.Tensor1D,
  activation: Activation,
  inner: boolean,
): tf.Tensor2D {
  const forward = (input: tf.Tensor2D) => {
    const sum = tf.add<tf.Tensor2D>(tf.matMul(input, kernel), bias);
    return { sum, value: activate(sum, activation) };
  };
  const backward = (dy: tf.Tensor2D, sum: tf.Tensor2D, value: tf.Tensor2D) => slope(dy, sum, value, activation);
  if (inner)
    return (
      tf.customGrad((a, w, b, save) => {
        const { sum, value } = forward(a as tf.Tensor2D);
        (save as tf.GradSaveFunc)([a as tf.Tensor, w as tf.Tensor, sum, value]);
        return {
          value,
          gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
            const [input, weights, before, after] = saved as tf.Tensor2D[];
            const d = backward(dy as tf.Tensor2D, before!, after!);
            return [tf.matMul(d, weights!, false, true), tf.matMul(input!, d, true, false), tf.sum(d, 0)];
          },
        };
      }) as Dense
    )(x, kernel, bias);
  return (
    tf.customGrad((w, b, save) => {
      const { sum, value } = forward(x);
      (save as tf.GradSaveFunc)([x, sum, value]);
      return {
        value,
        gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
          const [input, before, after] = saved as tf.Tensor2D[];
          const d = backward(dy as tf.Tensor2D, before!, after!);
          return [tf.matMul(input!, d, true, false), tf.sum(d, 0)];
        },
      };
    }) as (w: tf.Tensor2D, b: tf.Tensor1D) => tf.Tensor2D
  )(kernel, bias);
}

/** The activation of each element. */
export function activate(value: tf.Tensor2D, activation: Activation): tf.Tensor2D {
  if (activation === 'relu') return tf.relu(value);
  if (activation === 'tanh') return tf.tanh(value);
  return activation === 'silu' ? tf.mul(value, tf.sigmoid(value)) : value;
}

/** The gradient before an activation, from the one after it, the sum it was applied to and its value. */
function slope(dy: tf.Tensor2D, sum: tf.Tensor2D, value: tf.Tensor2D, activation: Activation): tf.Tensor2D {
  if (activation === 'relu') return tf.mul(dy, tf.step(value));
  if (activation === 'tanh') return tf.mul(dy, tf.sub(1, tf.square(value)));
  if (activation === 'linear') return dy;
  const s = tf.sigmoid(sum);
  return tf.mul(dy, tf.mul(s, tf.add(1, tf.mul(sum, tf.sub(1, s)))));
}
