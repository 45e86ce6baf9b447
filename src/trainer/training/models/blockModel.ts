import type { Examples } from '../../data/examples';
import { BoundNetwork } from '../../network/boundNetwork';
import type { Network, NetworkShape } from '../../network/network';
import { tensorsOf, type Tensors } from '../../network/tensors';
import type { BoundModel, ClassPredictions, Model } from '../../sampling/model';
import type { StateCodec } from './stateCodec';

/** The prefix of the names of a block's parameters. */
export const blockPrefix = (block: number): string => `blocks.${block}.`;

/** NoProp-DT's u over fixed rows. It exists at the times at which blocks begin. Dispose it. */
class BlockBound implements BoundModel {
  readonly times = 'blocks';
  /** The rows bound to the block in use. Binding them to all blocks at once would take T times the memory. */
  private current: { readonly network: Network; readonly bound: BoundNetwork } | undefined;

  constructor(
    private readonly blockAt: (t: number) => Network,
    private readonly x: Float32Array,
    private readonly n: number,
    private readonly predictor: StateCodec['predictor'],
  ) {}

  denoise(z: Float64Array, n: number, m: number, t: number, logSnr: number, out: Float64Array): void {
    this.boundTo(this.blockAt(t)).denoise(z, n, m, t, logSnr, out);
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

/** The blocks of NoProp-DT, each a network of [z, x]; only some of them where the rest is trained elsewhere. */
export class BlockModel implements Model {
  readonly m: number;
  readonly features: number;

  /** Block k begins at times[k]. `codec` becomes the model's own, and the networks where `own` is true. */
  constructor(
    shape: NetworkShape,
    private readonly times: Float64Array,
    private readonly networks: ReadonlyMap<number, Network>,
    private readonly codec: StateCodec & { readonly trained: () => Tensors },
    private readonly own: boolean,
  ) {
    this.m = shape.states;
    this.features = shape.features;
  }

  bind(x: Float32Array, n: number): BoundModel {
    return new BlockBound((t) => this.blockAt(t), x, n, this.codec.predictor);
  }

  read(states: ArrayLike<number>): ClassPredictions {
    return this.codec.read(states);
  }

  targets(rows: Pick<Examples, 'labels' | 'targets' | 'n'>): Float64Array {
    return this.codec.targets(rows);
  }

  weights(): Tensors {
    const all = [...this.networks].map(([block, network]) =>
      tensorsOf(network.weights(), network.shapes, blockPrefix(block)),
    );
    return Object.assign({}, ...all, this.codec.trained(), this.codec.fixedTensors()) as Tensors;
  }

  dispose(): void {
    this.codec.dispose();
    if (this.own) for (const network of this.networks.values()) network.dispose();
  }

  private blockAt(t: number): Network {
    const network = this.networks.get(this.times.indexOf(t));
    if (!network) throw new Error(`no block begins at t = ${t}`);
    return network;
  }
}
