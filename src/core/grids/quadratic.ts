import { defineGrid, spread } from './grid';

export const quadratic = defineGrid({
  id: 'quadratic',
  title: 'Quadratic',
  summary:
    'Steps that shrink towards the data: what is left of the time falls as the square of the steps that are left.',
  source: 'Song, Meng and Ermon, DDIM, arXiv 2010.02502, appendix D.2',
  parameters: {
    exponent: {
      title: 'Power',
      symbol: 'p',
      summary: 'power of the steps left: above 1 they shrink towards the data, below 1 towards the noise',
      default: 2,
      min: 0.1,
      max: 10,
      slider: [0.5, 4],
      unit: '1',
    },
  },
  create: ({ exponent }) => ({
    id: 'quadratic',
    times: ({ window }, steps) =>
      spread(window, steps, (share) => window.end - (window.end - window.start) * (1 - share) ** exponent),
  }),
});
