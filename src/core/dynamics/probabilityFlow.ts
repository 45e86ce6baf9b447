import { sigmoid, softplus } from '../math/stable';
import { clocked, defineDynamics } from './dynamics';

export const probabilityFlow = defineDynamics({
  id: 'probability-flow',
  title: 'Probability flow',
  summary: 'The ODE whose states have the same law at every time as the SDE; its exponential step is DDIM.',
  equation: String.raw`\frac{dz}{dt} = \tfrac{\gamma'}{2}\left(\sqrt{\bar\alpha}\,u - \bar\alpha\,z\right)`,
  number: '',
  source: 'Song et al., Score-based generative modeling through SDEs, arXiv 2011.13456',
  parameters: {},
  create: () =>
    clocked('probability-flow', {
      psi: '√SNR',
      pull: (logSnr) => Math.sqrt(sigmoid(logSnr)) / 2,
      decay: (logSnr) => sigmoid(logSnr) / 2,
      logPhi: (logSnr) => softplus(logSnr) / 2,
      logPsi: (logSnr) => logSnr / 2,
      psiOverPhi: (logSnr) => Math.sqrt(sigmoid(logSnr)),
    }),
});
