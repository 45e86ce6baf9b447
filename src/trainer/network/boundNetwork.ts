import type { Denoiser } from '../../core/denoisers';
import { kernels } from '../engine/backend';
import { doubles, floats, floatsAt, floatsOf, type Address, type HeapArray } from '../engine/heap';
import { MultilayerPerceptron } from './multilayerPerceptron';
import type { Network } from './network';
import { TimeFeatures } from './timeFeatures';

/** Makes u of a network's outputs, where these are not u themselves. */
export interface Predictor {
  /** Where u lies (rows x m), for outputs (rows x outputs). */
  predict(outputs: Address, rows: number): Address;
}

/**
 * A network over fixed rows: u as a function of z and t alone. The rows' part of the first layer is computed once.
 * Dispose it.
 */
export class BoundNetwork implements Denoiser {
  readonly times = 'all';
  private readonly features: TimeFeatures;
  private readonly passes: MultilayerPerceptron;
  private readonly width: number;
  /** The rows' part of the first layer's sum, with the bias. */
  private readonly fixed: HeapArray;
  /** A time, its features, and their part of the first layer's sum, which is the bias of the passes. */
  private readonly time = doubles(1);
  private readonly timeRow: HeapArray;
  private readonly timeSum: HeapArray;
  private readonly states: HeapArray;
  private readonly outputs: HeapArray;

  /** `x` is n x features, standardised. */
  constructor(
    private readonly network: Network,
    x: Float32Array,
    readonly n: number,
    private readonly predictor?: Predictor,
  ) {
    const { states, outputs, features, timeFeatures, frequencies } = network.shape;
    const [first, ...rest] = network.layers;
    const { outputs: width, bias } = first!;
    const { address } = network.parameters;
    this.width = width;
    this.features = new TimeFeatures(timeFeatures, frequencies);
    this.fixed = floats(n * width);
    this.states = floats(n * states);
    this.outputs = floats(n * outputs);
    this.timeRow = floats(timeFeatures);
    this.timeSum = floats(width);
    const rows = floatsOf(x);
    const fromRows = address + 4 * states * width;
    kernels().multiply(rows.address, n, features, fromRows, width, this.fixed.address, address + 4 * bias);
    rows.dispose();
    const place = (this.timeSum.address - address) / 4;
    this.passes = new MultilayerPerceptron(kernels(), [{ ...first!, inputs: states, bias: place }, ...rest], address);
  }

  /** Writes u(z, x, t) of the bound rows' states z (n x m, row-major) to `out`. */
  denoise(z: Float64Array, n: number, _m: number, t: number, _logSnr: number, out: Float64Array): void {
    const { network, features, time, timeRow, timeSum, states, outputs, fixed, width } = this;
    const { shape, parameters } = network;
    states.values.set(z);
    if (shape.timeFeatures) {
      time.values[0] = t;
      features.write(time.address, 1, timeRow.address, shape.timeFeatures);
      const fromTime = parameters.address + 4 * (shape.states + shape.features) * width;
      kernels().multiply(timeRow.address, 1, shape.timeFeatures, fromTime, width, timeSum.address, 0);
    }
    this.passes.infer(states.address, n, outputs.address, fixed.address);
    out.set(this.predictor ? floatsAt(this.predictor.predict(outputs.address, n), out.length) : outputs.values);
  }

  dispose(): void {
    this.passes.dispose();
    this.features.dispose();
    for (const array of [this.fixed, this.time, this.timeRow, this.timeSum, this.states, this.outputs]) array.dispose();
  }
}
