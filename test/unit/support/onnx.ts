import * as ort from 'onnxruntime-web';
import { Random } from '../../../src/core/math/random';
import { START_STRIDE } from '../../../src/trainer/sampling/startVotes';

/** What the metadata of exported weights say of a prediction, as far as its normals go. */
export interface Prediction {
  readonly inputs: { readonly z: number };
  readonly starts: { readonly law: string; readonly count: number; readonly seed: number };
  readonly steps: { readonly lines: readonly { readonly noise?: true }[] };
}

/** Numbers with their shape. */
export interface Numbers {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** A model in ONNX's format, in one thread. */
export class OnnxModel {
  private constructor(private readonly session: ort.InferenceSession) {}

  static async open(bytes: Uint8Array): Promise<OnnxModel> {
    ort.env.wasm.numThreads = 1;
    return new OnnxModel(await ort.InferenceSession.create(bytes));
  }

  /** The inputs and outputs, each with its shape. */
  get ports(): Record<'inputs' | 'outputs', Record<string, readonly (number | string)[]>> {
    const shapes = (all: ort.InferenceSession['inputMetadata']) =>
      Object.fromEntries(all.map((one) => [one.name, one.isTensor ? one.shape : []]));
    const { inputMetadata, outputMetadata } = this.session;
    return { inputs: shapes(inputMetadata), outputs: shapes(outputMetadata) };
  }

  /** All outputs by name, as plain numbers. */
  async run(inputs: Readonly<Record<string, Numbers>>): Promise<Record<string, number[]>> {
    const feeds = Object.fromEntries(
      Object.entries(inputs).map(([name, { data, shape }]) => [name, new ort.Tensor('float32', data, shape)]),
    );
    const found = await this.session.run(feeds);
    return Object.fromEntries(
      Object.entries(found).map(([name, { data }]) => [name, Array.from(data as Float32Array | BigInt64Array, Number)]),
    );
  }
}

/** The lab's own normals for the prediction of n rows (starts x draws x n x length of z); undefined where it takes none. */
export function labNormals({ inputs: { z: m }, starts, steps }: Prediction, n: number): Numbers | undefined {
  const started = starts.law === 'normal';
  const draws = Number(started) + steps.lines.filter(({ noise }) => noise).length;
  if (!draws) return undefined;
  const shape = [starts.count, draws, n, m];
  const data = new Float32Array(starts.count * draws * n * m);
  for (let k = 0; k < starts.count; k++)
    for (let i = 0; i < n; i++) {
      const stream = (purpose: 'start' | 'noise') => Random.stream(starts.seed, purpose, i + k * START_STRIDE);
      const [start, noise] = [stream('start'), stream('noise')];
      for (let d = 0; d < draws; d++) {
        const drawn = (started && d === 0 ? start : noise).normals(new Float64Array(m));
        data.set(drawn, ((k * draws + d) * n + i) * m);
      }
    }
  return { data, shape };
}
