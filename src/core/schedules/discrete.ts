import type { Values } from '../registry/parameters';
import { sigmoid, softplus } from '../math/stable';
import type { InputValues } from './inputs';
import { defineSchedule } from './schedule';
import { tableSchedule } from './table';

interface Rule {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Row i of n betas, least noisy first. */
  readonly beta: (i: number, n: number, values: Values) => number;
}

/** Point i of n evenly spaced ones, both ends included. */
const spaced = (from: number, to: number, i: number, n: number) => from + ((to - from) * i) / (n - 1);

/** 1 - f(i+1)/f(i), at most .999, as every table made of a curve alphaBar = f is. */
const capped = (beta: number) => Math.min(beta, 0.999);

/** log f(share) of the curve that diffusers calls laplace: it takes the square root of alphaBar for alphaBar. */
function laplace(share: number): number {
  const logSnr = -0.5 * (share <= 0.5 ? 1 : -1) * Math.log(1 - 2 * Math.abs(0.5 - share) + 1e-6);
  return -softplus(-logSnr) / 2;
}

const rules: readonly Rule[] = [
  {
    id: 'linear',
    title: 'Linear',
    summary: 'betas evenly spaced, as in DDPM',
    beta: (i, n, { betaStart, betaEnd }) => spaced(betaStart!, betaEnd!, i, n),
  },
  {
    id: 'scaled_linear',
    title: 'Scaled linear',
    summary: 'square roots of the betas evenly spaced, as in latent diffusion',
    beta: (i, n, { betaStart, betaEnd }) => spaced(Math.sqrt(betaStart!), Math.sqrt(betaEnd!), i, n) ** 2,
  },
  {
    id: 'squaredcos_cap_v2',
    title: 'Squared cosine, capped',
    summary: 'betas of the cosine schedule, at most .999; β₀ and β₁ have no effect',
    // 1 - cos(b)^2 / cos(a)^2 = sin(b - a) sin(b + a) / cos(a)^2 keeps the digits of small betas
    beta: (i, n) => {
      const scale = Math.PI / 2 / 1.008;
      const [a, b] = [scale * (i / n + 0.008), scale * ((i + 1) / n + 0.008)];
      return capped((Math.sin(scale / n) * Math.sin(a + b)) / Math.cos(a) ** 2);
    },
  },
  {
    id: 'sigmoid',
    title: 'Sigmoid',
    summary: 'betas on a logistic curve from -6 to 6, as in GeoDiff',
    beta: (i, n, { betaStart, betaEnd }) => sigmoid(spaced(-6, 6, i, n)) * (betaEnd! - betaStart!) + betaStart!,
  },
  {
    id: 'laplace',
    title: 'Laplace',
    summary: "diffusers' laplace, which takes √ᾱ for ᾱ; β₀ and β₁ have no effect",
    beta: (i, n) => capped(-Math.expm1(laplace((i + 1) / n) - laplace(i / n))),
  },
];

/** Ids of the rules that do not use betaStart and betaEnd. */
const fixed = ['squaredcos_cap_v2', 'laplace'];

/** The betas of a rule's table, least noisy first. */
export function discreteBetas(values: Values, { rule }: InputValues): Float64Array {
  const { beta } = rules.find(({ id }) => id === rule)!;
  const steps = values.steps!;
  return Float64Array.from({ length: steps }, (_, i) => beta(i, steps, values));
}

const share = { min: 0, max: 1, open: 'both', unit: '1' } as const;

export const discrete = defineSchedule({
  id: 'discrete',
  title: 'Diffusers table',
  summary: "A table of betas made by one of diffusers' rules, interpolated between its rows.",
  equation: String.raw`\bar\alpha_i = \prod_{j \le i} (1 - \beta_j), \quad t_i = 1 - \frac{i+1}{N}`,
  source: 'diffusers, DDPMScheduler; Ho et al., DDPM, arXiv 2006.11239',
  parameters: {
    betaStart: {
      ...share,
      symbol: 'β₀',
      summary: 'first beta of the table, the data end',
      default: 1e-4,
      slider: [1e-5, 0.005],
    },
    betaEnd: {
      ...share,
      symbol: 'β₁',
      summary: 'last beta of the table, the noise end',
      default: 0.02,
      slider: [0.001, 0.1],
    },
    steps: {
      symbol: 'N',
      summary: 'length of the table',
      default: 1000,
      min: 2,
      max: 100_000,
      integer: true,
      slider: [10, 2000],
      unit: 'rows',
    },
  },
  inputs: {
    rule: {
      kind: 'choice',
      title: 'Rule',
      summary: 'how the betas are made',
      options: rules.map(({ id, title, summary }) => ({ id, title, summary })),
      default: 'linear',
    },
  },
  idle: ({ rule }) => (fixed.includes(rule as string) ? ['betaStart', 'betaEnd'] : []),
  create: (values, inputs) => tableSchedule(discreteBetas(values, inputs)),
});
