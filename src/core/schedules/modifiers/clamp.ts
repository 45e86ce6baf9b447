import { mustIncrease } from '../schedule';
import { defineModifier } from './modifier';

export const clamp = defineModifier({
  id: 'clamp',
  title: 'Clamp',
  summary: 'Limits the log-SNR; where it is limited, nothing changes with time.',
  equation: String.raw`\gamma \mapsto \min(\max(\gamma, \gamma_{\min}), \gamma_{\max})`,
  source: 'Kingma et al., Variational Diffusion Models, arXiv 2107.00630 (bounded end points)',
  parameters: {
    min: {
      symbol: 'γmin',
      summary: 'least log-SNR',
      default: -20,
      min: -700,
      max: 700,
      slider: [-30, 0],
      unit: 'nat',
    },
    max: {
      symbol: 'γmax',
      summary: 'largest log-SNR',
      default: 20,
      min: -700,
      max: 700,
      slider: [0, 30],
      unit: 'nat',
    },
  },
  check: (values) => mustIncrease('min', 'max', values),
  apply({ logSnr, logSnrRate, dataEnd }, { min, max }) {
    return {
      logSnr: (t) => Math.min(Math.max(logSnr(t), min), max),
      logSnrRate: (t) => {
        const gamma = logSnr(t);
        return gamma < min || gamma > max ? 0 : logSnrRate(t);
      },
      ...(dataEnd !== undefined && { dataEnd }),
    };
  },
});
