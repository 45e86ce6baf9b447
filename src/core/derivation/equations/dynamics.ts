import { meanRates } from '../bayes';
import type { Equation } from '../derivation';
import type { Step } from '../step';

const tex = String.raw;

/** dz/dt: factors on z and on u. */
const RATES = {
  scope: 'points',
  parts: ['factor on z', 'factor on u'],
  against: 'what the mean of the exact step adds per unit time as the step shrinks, extrapolated',
  truth({ rate, to }: Step) {
    const { state, target } = meanRates(to);
    return [rate * state, rate * target];
  },
} as const;

const READING = 'α(t) is the ratio ᾱ(t−dt)/ᾱ(t) of one step, as in the NoProp paper';

/** alphaBar' / (alphaBar (1 - alphaBar)). */
const prefactor = ({ alphaBarRate, alphaBar, sigma2 }: Step) => alphaBarRate / (alphaBar * sigma2);

const latex26 = (signal: string) =>
  tex`\frac{dz}{dt} = \frac{\bar{\alpha}'(t)}{\bar{\alpha}(t)(1-\bar{\alpha}(t))} \left(\sqrt{\differ{${signal}(t)}} u_t(z,x) - \frac{1+\bar{\alpha}(t)}{2} z \right)`;
const latex27 = (signal: string) =>
  tex`\frac{dz}{dt} = \gamma'(t) \left(\sqrt{\differ{${signal}(t)}} u_t(z, x) - \frac{1 + \differ{${signal}(t)}}{2} z \right)`;

/** Eqs. 26 to 28: the forward process as a dynamics. */
export const dynamics: readonly Equation[] = [
  {
    eq: '26',
    printed: latex26(tex`\alpha`),
    corrected: latex26(tex`\bar{\alpha}`),
    says: 'The forward process: z is pulled to the scaled output of the network, and overshoots it by the noise still to come.',
    check: {
      ...RATES,
      reading: READING,
      printed: (at) => [(-prefactor(at) * (1 + at.alphaBar)) / 2, prefactor(at) * Math.sqrt(at.alpha)],
      corrected: (at) => [(-prefactor(at) * (1 + at.alphaBar)) / 2, prefactor(at) * Math.sqrt(at.alphaBar)],
    },
  },
  {
    eq: '27',
    printed: latex27(tex`\alpha`),
    corrected: latex27(tex`\bar{\alpha}`),
    says: 'The same with the log-SNR as its clock: the prefactor is γ′.',
    check: {
      ...RATES,
      reading: READING,
      printed: ({ rate, alpha }) => [(-rate * (1 + alpha)) / 2, rate * Math.sqrt(alpha)],
      corrected: ({ rate, alphaBar }) => [(-rate * (1 + alphaBar)) / 2, rate * Math.sqrt(alphaBar)],
    },
  },
  {
    eq: '28',
    printed: tex`\frac{dz}{dt} \approx \gamma'(t) \left(u_t(z, x) - z \right)`,
    says: 'Near the data the dynamics is a plain pull to the output of the network; with the factor (1+ᾱ)/2 kept (28′) its rate would be exact.',
    check: {
      scope: 'points',
      parts: ['rate', 'fixed point, as a multiple of u'],
      against: 'the exact step as it shrinks, extrapolated: its factor on z, and where its pull vanishes',
      printed: ({ rate }) => [rate, 1],
      truth({ rate, to }) {
        const { state, target } = meanRates(to);
        return [-rate * state, -target / state];
      },
      limit: {
        alphaBar: 1,
        asymptotes: [
          { latex: tex`(1-\bar{\alpha})/2`, of: ({ sigma2 }) => sigma2 / 2 },
          { latex: tex`(1-\bar{\alpha})^2/8`, of: ({ sigma2 }) => sigma2 ** 2 / 8 },
        ],
      },
    },
  },
];
