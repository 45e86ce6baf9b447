import { BoundNetwork } from '../../network/boundNetwork';
import type { Network } from '../../network/network';
import { tensorsOf, type Tensors } from '../../network/tensors';
import type { BoundModel, Model } from '../../sampling/model';
import type { StateCodec } from './stateCodec';

/** The prefix of the names of a block's parameters. */
export const blockPrefix = (block: number): string => `blocks.${block}.`;

/** NoProp-DT's u over fixed rows. It exists at the times at which blocks begin. Dispose it. */
class BlockBound implements BoundModel {
  readonly times = 'blocks';
  /** The rows bound to the block in use. Binding them to all blocks at once would take T times the memory. */
  private current: { readonly network: Network; readonly bound: BoundNetwork } | undefined;

  constructor(
    private readonly networkAt: (t: number) => Network,
    private readonly x: Float32Array,
    private readonly n: number,
    private readonly predictor: StateCodec['predictor'],
  ) {}

  denoise(z: Float64Array, n: number, m: number, t: number, logSnr: number, out: Float64Array): void {
    this.boundTo(this.networkAt(t)).denoise(z, n, m, t, logSnr, out);
  }

  dispose(): void {
    this.current?.bound.dispose();
    this.current = undefined;
  }

  private boundTo(network: Network): BoundNetwork {
    if (this.current?.network === network) return this.current.bound;
    this.dispose();
    const bound = new BoundNetwork(network, this.x, this.n, this.predictor);
    this.current = { network, bound };
    return bound;
  }
}

/** What a model of blocks is made of. */
export interface BlockParts {
  /** Block k begins at times[k]. */
  readonly times: Float64Array;
  /** A network of [z, x] for each block; only some blocks where the rest is trained elsewhere. */
  readonly networks: ReadonlyMap<number, Network>;
  readonly codec: StateCodec;
  /** The parameters that the blocks share. */
  readonly shared: () => Tensors;
}

/** The model of the blocks of NoProp-DT. The codec becomes its own, and the networks where they are `owned`. */
export function blockModel({ times, networks, codec, shared }: BlockParts, owned: boolean): Model {
  const networkAt = (t: number) => {
    const network = networks.get(times.indexOf(t));
    if (!network) throw new Error(`no block begins at t = ${t}`);
    return network;
  };
  const [first] = networks.values();
  return {
    ...codec,
    features: first!.shape.features,
    bind: (x, n) => new BlockBound(networkAt, x, n, codec.predictor),
    weights() {
      const all = [...networks].map(([k, network]) => tensorsOf(network.weights(), network.shapes, blockPrefix(k)));
      return Object.assign({}, ...all, shared(), codec.fixedTensors()) as Tensors;
    },
    dispose() {
      codec.dispose();
      if (owned) for (const network of networks.values()) network.dispose();
    },
  };
}
