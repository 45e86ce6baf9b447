import type { Bound } from '../../network/boundNetwork';
import { Network, weightShapes, type Shape } from '../../network/network';
import type { Head } from '../heads/head';
import type { Rows } from '../../data/examples';
import type { BoundModel, Model, Reading } from './modelKind';
import { tensorsOf, type Tensors } from './trainingState';
import type { StateSide } from './stateCodec';

/** What the parameters of a block are called. */
export const prefixOf = (block: number): string => `blocks.${block}.`;

/** NoProp-DT's u over fixed rows, which is there at the times at which blocks begin. Dispose it. */
class BlockBound implements BoundModel {
  readonly times = 'blocks';
  /** The rows bound to the block in use: every block binding them at once would take T times the memory. */
  private current: { readonly network: Network; readonly bound: Bound } | undefined;

  constructor(
    private readonly blockAt: (t: number) => Network,
    private readonly x: Float32Array,
    private readonly n: number,
    private readonly head: Head | undefined,
  ) {}

  denoise(z: Float64Array, n: number, m: number, t: number, logSnr: number, out: Float64Array): void {
    const network = this.blockAt(t);
    if (this.current?.network !== network) {
      this.dispose();
      this.current = { network, bound: network.bind(this.x, this.n, this.head) };
    }
    this.current.bound.denoise(z, n, m, t, logSnr, out);
  }

  dispose(): void {
    this.current?.bound.dispose();
    this.current = undefined;
  }
}

/** The blocks of NoProp-DT, each a network of [z, x]; a part of them where only these are trained here. */
export class BlockModel implements Model {
  readonly m: number;
  readonly features: number;

  /** Block k begins at times[k]. The networks are their owner's to dispose, unless `own`; `side` becomes its own. */
  constructor(
    private readonly shape: Shape,
    private readonly times: Float64Array,
    private readonly networks: ReadonlyMap<number, Network>,
    private readonly side: StateSide & { readonly trained: () => Tensors },
    private readonly own: boolean,
  ) {
    [this.m, this.features] = [shape.states, shape.features];
  }

  bind(x: Float32Array, n: number): BoundModel {
    return new BlockBound((t) => this.blockAt(t), x, n, this.side.predictor);
  }

  read(states: ArrayLike<number>): Reading {
    return this.side.read(states);
  }

  targets(rows: Pick<Rows, 'labels' | 'targets' | 'n'>): Float64Array {
    return this.side.targets(rows);
  }

  weights(): Tensors {
    const sizes = weightShapes(this.shape);
    const all = [...this.networks].map(([block, network]) => tensorsOf(network.weights(), sizes, prefixOf(block)));
    return Object.assign({}, ...all, this.side.trained(), this.side.fixed()) as Tensors;
  }

  dispose(): void {
    this.side.dispose();
    if (this.own) for (const network of this.networks.values()) network.dispose();
  }

  private blockAt(t: number): Network {
    const network = this.networks.get(this.times.indexOf(t));
    if (!network) throw new Error(`no block begins at t = ${t}`);
    return network;
  }
}
