import { sigmoid, softplus } from '../math/stable';
import { clocked, defineDynamics } from './dynamics';

export const nopropForward = defineDynamics({
  id: 'noprop-forward',
  title: 'NoProp forward process',
  summary: 'The drift of the reverse SDE, run without its noise; for constant u its path is √ᾱ u and never overshoots.',
  equation: String.raw`\frac{dz}{dt} = \gamma'\left(\sqrt{\bar\alpha}\,u - \tfrac{1+\bar\alpha}{2}\,z\right)`,
  number: '27',
  source: 'Beck, NoProp Forward Process, 2025, eqs. 26 and 27',
  parameters: {},
  create: () =>
    clocked(
      'noprop-forward',
      {
        psi: 'SNR',
        pull: (logSnr) => Math.sqrt(sigmoid(logSnr)),
        decay: (logSnr) => (1 + sigmoid(logSnr)) / 2,
        logPhi: (logSnr) => (logSnr + softplus(logSnr)) / 2,
        logPsi: (logSnr) => logSnr,
        psiOverPhi: (logSnr) => Math.sqrt(sigmoid(logSnr)),
      },
      1,
    ),
});
