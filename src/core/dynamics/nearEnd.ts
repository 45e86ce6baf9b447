import { clocked, defineDynamics } from './dynamics';

export const nearEnd = defineDynamics({
  id: 'near-end',
  title: 'Near-end approximation',
  summary: 'The forward process with ᾱ set to 1 in both factors: right near the data, too fast and off target before.',
  equation: String.raw`\frac{dz}{dt} = \gamma'\,(u - z)`,
  number: '28',
  source: 'Beck, NoProp Forward Process, 2025, eq. 28',
  parameters: {},
  create: () =>
    clocked('near-end', {
      psi: 'SNR',
      pull: () => 1,
      decay: () => 1,
      logPhi: (logSnr) => logSnr,
      logPsi: (logSnr) => logSnr,
      psiOverPhi: () => 1,
    }),
});
