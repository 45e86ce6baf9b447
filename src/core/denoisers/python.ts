import { sigmoid } from '../math/stable';
import { InputError } from '../registry/problem';
import { defineDenoiser } from './denoiser';

/** What a model may give in place of u, of states z = sqrt(a) u + sqrt(1 - a) epsilon with a = sigmoid(logSnr). */
interface GivenQuantity<I extends string = string> {
  readonly id: I;
  readonly title: string;
  readonly summary: string;
  /** u of one coordinate; `signal` is sqrt(a), `noise` is sqrt(1 - a). */
  readonly u: (given: number, z: number, signal: number, noise: number) => number;
}

const quantity = <I extends string>(row: GivenQuantity<I>) => row;

/** What a model in Python may give, each turned into u exactly; the first is u itself. */
export const givenQuantities = [
  quantity({ id: 'sample', title: 'Clean state', summary: 'u itself', u: (given) => given }),
  quantity({
    id: 'epsilon',
    title: 'Noise',
    summary: 'ε, so that u = (z − √(1−ᾱ) ε)/√ᾱ',
    u: (given, z, signal, noise) => (z - noise * given) / signal,
  }),
  quantity({
    id: 'v',
    title: 'v',
    summary: 'v = √ᾱ ε − √(1−ᾱ) u, so that u = √ᾱ z − √(1−ᾱ) v',
    u: (given, z, signal, noise) => signal * z - noise * given,
  }),
  quantity({
    id: 'velocity',
    title: 'Velocity',
    summary:
      'u − ε, the velocity of the straight path from noise to data, so that u = (z + √(1−ᾱ) (u − ε))/(√ᾱ + √(1−ᾱ))',
    u: (given, z, signal, noise) => (z + noise * given) / (signal + noise),
  }),
  quantity({
    id: 'score',
    title: 'Score',
    summary: '∇ log q(z), so that u = (z + (1−ᾱ) score)/√ᾱ',
    u: (given, z, signal, noise) => (z + noise * noise * given) / signal,
  }),
] as const;

export type GivenQuantityId = (typeof givenQuantities)[number]['id'];

/**
 * Turns what a model gave into u, in `out`, for the z that it saw. An InputError where it gave a number that is not
 * finite, or u does not follow from it.
 */
export function writeU(
  id: GivenQuantityId,
  given: Float32Array,
  z: Float32Array,
  logSnr: number,
  out: Float64Array,
): void {
  const { u, title } = givenQuantities.find((row) => row.id === id)!;
  const [signal, noise] = [Math.sqrt(sigmoid(logSnr)), Math.sqrt(sigmoid(-logSnr))];
  given.forEach((value, i) => {
    if (!Number.isFinite(value)) throw new InputError(`number ${i + 1} of ${given.length} is ${value}`);
    out[i] = u(value, z[i]!, signal, noise);
    if (!Number.isFinite(out[i]))
      throw new InputError(`u does not follow from ${title.toLowerCase()} at log-SNR ${logSnr}: narrow the window`);
  });
}

export const python = defineDenoiser({
  id: 'python',
  title: 'Own model in Python',
  summary: 'u is what a function of yours answers, in a file of Python beside the experiment.',
  equation: String.raw`u = f(z,\, t,\, \bar\alpha,\, \gamma)`,
  source: 'A file of yours',
  parameters: {},
  needs: 'python',
});
