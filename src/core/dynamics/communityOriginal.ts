import { integral } from '../math/quadrature';
import { sigmoid } from '../math/stable';
import { defineDynamics } from './dynamics';

export const communityOriginal = defineDynamics({
  id: 'community-original',
  title: 'Community code',
  summary: 'What most public code of NoProp-CT runs: slow while the state is noisy, stiff near the data.',
  equation: String.raw`\frac{dz}{dt} = \frac{u - z}{1-\bar\alpha}`,
  number: '',
  source: 'Li, Teh and Pascanu, NoProp, arXiv 2503.24322, as public code has it',
  parameters: {},
  create: () => ({
    id: 'community-original',
    needs: ['schedule'],
    rates(_t, logSnr) {
      const rate = 1 / sigmoid(-logSnr);
      return { pull: rate, decay: rate };
    },
    kept({ logSnr }, from, to) {
      if (from === to) return 1;
      // At infinite log-SNR the rate has a pole that nothing of z - u outlasts.
      if (logSnr(to) === Infinity) return 0;
      return Math.exp(-integral((t) => 1 / sigmoid(-logSnr(t)), from, to));
    },
  }),
});
