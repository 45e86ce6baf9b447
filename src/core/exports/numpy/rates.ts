import type { Values } from '../../registry/parameters';
import { pythonNumber } from './pythonText';

/** The factors of dz/dt = pull u - decay z, in gamma (log-SNR), rate (gamma'), share (alphaBar) and at (t). */
interface RatesCode {
  readonly pull: string;
  readonly decay: string;
}

const same = (pull: string): RatesCode => ({ pull, decay: pull });

/** Every dynamics as Python, by its id. */
export const ratesCode: Readonly<Record<string, (values: Values) => RatesCode>> = {
  'noprop-forward': () => ({ pull: 'rate * np.sqrt(share)', decay: 'rate * ((1 + share) / 2)' }),
  'near-end': () => same('rate'),
  'near-end-rate': () => same('rate * ((1 + share) / 2)'),
  'probability-flow': () => ({ pull: 'rate * (np.sqrt(share) / 2)', decay: 'rate * (share / 2)' }),
  'lambda-family': ({ lambda }) => {
    const noise = `${pythonNumber(lambda!)} ** 2`;
    return { pull: `rate * ((1 + ${noise}) / 2 * np.sqrt(share))`, decay: `rate * ((share + ${noise}) / 2)` };
  },
  'community-original': () => same('1 / sigmoid(-gamma)'),
  residual: () => same('np.ones_like(gamma)'),
  'flow-matching': () => same('1 / (1 - at)'),
};
