import { sigmoid, softplus } from '../math/stable';
import { clocked, defineDynamics } from './dynamics';

export const nearEndRate = defineDynamics({
  id: 'near-end-rate',
  title: 'Near-end, exact rate',
  summary: 'The rate of the forward process with the fixed point of its approximation: the better approximation.',
  equation: String.raw`\frac{dz}{dt} = \gamma'\,\tfrac{1+\bar\alpha}{2}\,(u - z)`,
  number: '28′',
  source: 'After Beck, NoProp Forward Process, 2025, eqs. 27 and 28',
  parameters: {},
  create: () =>
    clocked('near-end-rate', {
      psi: '√(SNR (1 + SNR))',
      pull: (logSnr) => (1 + sigmoid(logSnr)) / 2,
      decay: (logSnr) => (1 + sigmoid(logSnr)) / 2,
      logPhi: (logSnr) => (logSnr + softplus(logSnr)) / 2,
      logPsi: (logSnr) => (logSnr + softplus(logSnr)) / 2,
      psiOverPhi: () => 1,
    }),
});
