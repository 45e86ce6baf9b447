// A multilayer perceptron of any depth, forward and backward. Value i is the output of layer i; value -1 is the input.
import { activate, Activation, applySlope, times } from './activation';
import { product, productScratch, productTransposed, transposedProduct } from './multiply';
import { Finish } from './tile';

/** A layer: activation(x kernel + bias), plus x where `residual`. Places count floats from the parameters' start. */
@unmanaged class Layer {
  inputs: i32;
  outputs: i32;
  activation: Activation;
  residual: i32;
  kernel: i32;
  bias: i32;
}
const LAYER: usize = 24;

@inline function layerAt(layers: usize, i: i32): Layer { return changetype<Layer>(layers + <usize>i * LAYER); }

/** Whether a layer's derivatives are kept. For some activations they do not follow from the value. */
@inline function keepsSlopes(layer: Layer): bool {
  return layer.activation != Activation.Linear && (layer.residual || layer.activation == Activation.Silu);
}

@inline function floats(rows: i32, columns: i32): usize { return ((<usize>(rows * columns) << 2) + 15) & ~15; }

/** Rows of one pass where no gradient is needed: few enough that the values between the layers stay in the cache. */
const BLOCK = 256;

/** Bytes of workspace for a pass of so many rows. `keep` is set where `backward` follows. */
export function networkSpace(layers: usize, count: i32, rows: i32, keep: i32): usize {
  if (!keep) rows = min(rows, BLOCK);
  let scratch: usize = 0, values: usize = 0, widest = 0;
  for (let i = 0; i < count; i++) {
    const layer = layerAt(layers, i);
    scratch = max(scratch, productScratch(rows, layer.inputs, layer.outputs));
    values += floats(rows, layer.outputs) * (keepsSlopes(layer) ? 2 : 1);
    widest = max(widest, layer.outputs);
    widest = max(widest, i ? layer.inputs : 0);
  }
  return scratchSpace(scratch) + values + 3 * floats(rows, widest);
}

@inline function scratchSpace(bytes: usize): usize { return (bytes + 63) & ~63; }

function scratchOf(layers: usize, count: i32, rows: i32): usize {
  let scratch: usize = 0;
  for (let i = 0; i < count; i++) {
    const layer = layerAt(layers, i);
    scratch = max(scratch, productScratch(rows, layer.inputs, layer.outputs));
  }
  return scratchSpace(scratch);
}

/** Where the value of a layer lies in the workspace. Its derivatives follow it. */
function valueAt(layers: usize, last: i32, rows: i32, values: usize): usize {
  for (let i = 0; i < last; i++) {
    const layer = layerAt(layers, i);
    values += floats(rows, layer.outputs) * (keepsSlopes(layer) ? 2 : 1);
  }
  return values;
}

/**
 * out (rows x outputs) from the input (rows x inputs). `base` (rows x the first layer's outputs) is added in the first
 * layer before its activation; it may be 0. With `keep`, the workspace keeps what `backward` needs.
 */
export function forward(
  layers: usize, count: i32, parameters: usize, input: usize, rows: i32, base: usize, out: usize, space: usize, keep: i32,
): void {
  if (keep) return pass(layers, count, parameters, input, rows, base, out, space, 1);
  const first = layerAt(layers, 0), last = layerAt(layers, count - 1);
  for (let from = 0; from < rows; from += BLOCK) {
    const block = min(BLOCK, rows - from);
    pass(layers, count, parameters, input, block, base, out, space, 0);
    input += <usize>(block * first.inputs) << 2;
    out += <usize>(block * last.outputs) << 2;
    if (base) base += <usize>(block * first.outputs) << 2;
  }
}

function pass(
  layers: usize, count: i32, parameters: usize, input: usize, rows: i32, base: usize, out: usize, space: usize, keep: i32,
): void {
  let at = space + scratchOf(layers, count, rows);
  for (let i = 0; i < count; i++) {
    const layer = layerAt(layers, i);
    const value = i < count - 1 ? at : out;
    const fused = layer.activation == Activation.Relu && !layer.residual;
    product(
      input, rows, layer.inputs, parameters + (<usize>layer.kernel << 2), layer.outputs, value,
      parameters + (<usize>layer.bias << 2), i ? 0 : base, fused ? Finish.Relu : Finish.None, 0, space,
    );
    const size = floats(rows, layer.outputs);
    if (!fused && (layer.activation != Activation.Linear || layer.residual))
      activate(value, rows * layer.outputs, layer.activation, keep && keepsSlopes(layer) ? at + size : 0, layer.residual ? input : 0);
    // `backward` needs the value of a last layer that is not linear
    if (keep && i == count - 1 && layer.activation != Activation.Linear) memory.copy(at, out, <usize>(rows * layer.outputs) << 2);
    at += size * (keepsSlopes(layer) ? 2 : 1);
    input = value;
  }
}

@inline function slopeFinish(layer: Layer): Finish {
  if (layer.activation == Activation.Linear) return Finish.None;
  if (keepsSlopes(layer)) return Finish.Times;
  return layer.activation == Activation.Relu ? Finish.ReluSlope : Finish.TanhSlope;
}

/** The gradient before a layer's activation, from the one after it. */
function throughActivation(layer: Layer, d: usize, value: usize, rows: i32, out: usize): usize {
  if (layer.activation == Activation.Linear) return d;
  const count = rows * layer.outputs;
  if (keepsSlopes(layer)) times(d, value + floats(rows, layer.outputs), out, count);
  else applySlope(d, value, out, count, layer.activation);
  return out;
}

/**
 * The gradients in all parameters (at the same places as these) from that in the output, d (rows x outputs), after
 * `forward` with `keep` on the same workspace. The gradient in the first `columns` columns of the input goes to dInput
 * (rows x columns), if that is not 0.
 */
export function backward(
  layers: usize, count: i32, parameters: usize, input: usize, rows: i32, d: usize, gradients: usize,
  dInput: usize, columns: i32, space: usize,
): void {
  const values = space + scratchOf(layers, count, rows);
  const end = valueAt(layers, count, rows, values);
  let widest = 0;
  for (let i = 0; i < count; i++) widest = max(widest, max(layerAt(layers, i).outputs, i ? layerAt(layers, i).inputs : 0));
  const size = floats(rows, widest);
  let here = end, there = end + size;
  const spare = there + size;
  // `d` is the gradient after layer i's activation where it is residual (or the last), else before it
  let before = throughActivation(layerAt(layers, count - 1), d, valueAt(layers, count - 1, rows, values), rows, spare);
  for (let i = count - 1; i >= 0; i--) {
    const layer = layerAt(layers, i);
    const x = i ? valueAt(layers, i - 1, rows, values) : input;
    const kernel = <usize>layer.kernel << 2, bias = <usize>layer.bias << 2;
    transposedProduct(x, rows, layer.inputs, before, layer.outputs, gradients + kernel, gradients + bias, space);
    const base = layer.residual ? d : 0;
    if (!i) {
      if (dInput) productTransposed(before, rows, layer.outputs, parameters + kernel, columns, dInput, base, Finish.None, 0, space);
      return;
    }
    const below = layerAt(layers, i - 1);
    const fused = !below.residual;
    const finish = fused ? slopeFinish(below) : Finish.None;
    const aux = finish == Finish.Times ? x + floats(rows, below.outputs) : x;
    productTransposed(before, rows, layer.outputs, parameters + kernel, layer.inputs, here, base, finish, aux, space);
    d = here;
    before = fused ? d : throughActivation(below, d, x, rows, spare);
    const other = here; here = there; there = other;
  }
}
