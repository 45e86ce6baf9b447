import { InputError } from '../../registry/problem';
import { quoted } from '../../registry/quoted';

/** What the numbers of a list are. */
export interface Quantity {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Names of arrays, columns and keys that hold it. */
  readonly names: RegExp;
  /** What a value must be, in words, and whether one is. */
  readonly allowed: string;
  readonly isAllowed: (value: number) => boolean;
  /** The log-SNR of a value, -Infinity where it leaves no signal, +Infinity where it leaves no noise. */
  readonly logSnr: (value: number) => number;
}

const share = (value: number) => value >= 0 && value <= 1;

/** The quantities that are noise levels: each gives the log-SNR. */
export const levels: readonly Quantity[] = [
  {
    id: 'alphas-cumprod',
    title: 'List of alphas_cumprod',
    summary: 'the signal share alphaBar of each row, from 0 to 1',
    names: /^(alphas?_?cumprod|alphas?_?bars?|alphas_prod|alpha_prods?)$/i,
    allowed: 'from 0 to 1',
    isAllowed: share,
    logSnr: (value) => Math.log(value) - Math.log1p(-value),
  },
  {
    id: 'sigmas',
    title: 'List of sigmas',
    summary: 'noise over signal, as k-diffusion, ComfyUI and A1111 have it; a last 0 is the data',
    names: /^(.*[_.])?sigmas?$/i,
    allowed: 'at least 0',
    isAllowed: (value) => value >= 0,
    logSnr: (value) => -2 * Math.log(value),
  },
  {
    id: 'flow-sigmas',
    title: 'List of sigmas of a flow',
    summary: 'the share of noise in (1 - sigma) data + sigma noise, from 1 to 0; a last 0 is the data',
    names: /^flow_?sigmas?$/i,
    allowed: 'from 0 to 1',
    isAllowed: share,
    logSnr: (value) => 2 * (Math.log1p(-value) - Math.log(value)),
  },
  {
    id: 'log-snr',
    title: 'List of log-SNRs',
    summary: 'log(alphaBar / (1 - alphaBar)) of each row in nats',
    names: /^(log_?snrs?|gammas?)$/i,
    allowed: 'a number',
    isAllowed: (value) => !Number.isNaN(value),
    logSnr: (value) => value,
  },
  {
    id: 'half-log-snr',
    title: 'List of half log-SNRs',
    summary: 'lambda of DPM-Solver, half of the log-SNR',
    names: /^(lambdas?(_t)?|half_?log_?snrs?)$/i,
    allowed: 'a number',
    isAllowed: (value) => !Number.isNaN(value),
    logSnr: (value) => 2 * value,
  },
];

/** The other lists, by id: a table of betas, and timesteps, which say nothing of the noise. */
export const BETAS = /^(trained_)?betas?$/i;
export const TIMESTEPS = /^(timesteps?|time_?steps?)$/i;

/** The log-SNR of each value, the least noisy first, without a value that is the data itself. */
export interface Levels {
  readonly logSnrs: readonly number[];
  readonly noiseFirst: boolean;
  /** Whether a value of no noise was left out. */
  readonly dropped: boolean;
}

/** The levels of a list; an InputError names the value that is out of range, or out of order. */
export function levelsOf(values: readonly number[], { isAllowed, allowed, logSnr, id }: Quantity): Levels {
  const wrong = values.findIndex((value) => !isAllowed(value));
  if (wrong >= 0) throw new InputError(`value ${wrong + 1} of ${id} must be ${allowed}: got ${quoted(values[wrong])}`);
  const all = values.map((value, i) => ({ place: i + 1, value, logSnr: logSnr(value) }));
  const noiseFirst = all.length > 1 && all[0]!.logSnr < all.at(-1)!.logSnr;
  const dataFirst = noiseFirst ? [...all].reverse() : all;
  const dropped = dataFirst[0]?.logSnr === Infinity;
  const rows = dropped ? dataFirst.slice(1) : dataFirst;
  if (rows.length < 2) throw new InputError(`there must be at least 2 noise levels: got ${rows.length}`);
  const bad = rows.findIndex((row, i) => i > 0 && !(row.logSnr < rows[i - 1]!.logSnr));
  if (bad > 0) {
    const [before, after] = [rows[bad - 1]!, rows[bad]!].sort((a, b) => a.place - b.place) as [typeof all[0], typeof all[0]]; // prettier-ignore
    throw new InputError(
      `the noise must change one way: value ${after.place} (${after.value}) does not go on from value ${before.place} (${before.value})`,
    );
  }
  const far = rows.find((row, i) => Math.abs(row.logSnr) > 700 && !(i === rows.length - 1 && row.logSnr === -Infinity));
  if (far) throw new InputError(`value ${far.place} (${far.value}) has a log-SNR beyond 700`);
  return { logSnrs: rows.map((row) => row.logSnr), noiseFirst, dropped };
}

/** What an unnamed list most likely is, by its range and order, and the reason in words. */
export function guess(values: readonly number[]): { readonly id: string; readonly why: string } {
  const [first = NaN, last = NaN] = [values[0], values.at(-1)];
  const most = values.reduce((found, value) => Math.max(found, value), -Infinity);
  if (values.some((value) => value < 0)) return { id: 'log-snr', why: 'some values are below 0' };
  const ordered = values.every(
    (value, i) => i === 0 || (first < last ? value > values[i - 1]! : value < values[i - 1]!),
  );
  if (most > 1 && ordered && values.every(Number.isInteger))
    return { id: 'timesteps', why: 'they are whole numbers in order' };
  if (most > 1) return { id: 'sigmas', why: 'some values are above 1' };
  if (first > last && ordered && (first === 1 || (last === 0 && values.length < 200)))
    return { id: 'flow-sigmas', why: 'they fall within 0 to 1 and reach an end' };
  if (first > last && ordered) return { id: 'alphas-cumprod', why: 'they fall within 0 to 1' };
  if (first === 0 && last === 1 && ordered) return { id: 'flow-sigmas', why: 'they rise from 0 to 1' };
  return { id: 'betas', why: 'they lie within 0 to 1 and do not fall' };
}
