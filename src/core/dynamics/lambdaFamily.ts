import { formatNumber } from '../text/format';
import { sigmoid, softplus } from '../math/stable';
import { clocked, defineDynamics } from './dynamics';

export const lambdaFamily = defineDynamics({
  id: 'lambda-family',
  title: 'Lambda family',
  summary:
    'From the probability flow (λ = 0) to the forward process (λ = 1) and beyond; with its noise, λ√δ dW, every one has the same marginals.',
  equation: String.raw`\frac{dz}{dt} = \tfrac{\gamma'}{2}\left((1+\lambda^2)\sqrt{\bar\alpha}\,u - (\bar\alpha+\lambda^2)\,z\right)`,
  number: '',
  source: 'Song et al., arXiv 2011.13456; Karras et al., arXiv 2206.00364, eq. 6',
  parameters: {
    lambda: {
      symbol: 'λ',
      summary: 'strength of the noise that the drift makes up for',
      default: 1,
      min: 0,
      max: 2,
      slider: [0, 2],
      unit: '1',
    },
  },
  create({ lambda }) {
    const half = (lambda * lambda) / 2;
    const noise = 2 * half;
    // 0 times an infinite log-SNR is 0 here: without the dial there is no such factor.
    const part = (logSnr: number) => (half ? half * logSnr : 0);
    return clocked(
      'lambda-family',
      {
        psi: `SNR^${formatNumber((1 + noise) / 2)}`,
        pull: (logSnr) => ((1 + noise) / 2) * Math.sqrt(sigmoid(logSnr)),
        decay: (logSnr) => (sigmoid(logSnr) + noise) / 2,
        logPhi: (logSnr) => softplus(logSnr) / 2 + part(logSnr),
        logPsi: (logSnr) => logSnr / 2 + part(logSnr),
        psiOverPhi: (logSnr) => Math.sqrt(sigmoid(logSnr)),
      },
      noise,
    );
  },
});
