import { defineModifier, shifted } from './modifier';

export const resolution = defineModifier({
  id: 'resolution',
  title: 'Resolution',
  summary: 'Keeps the noise seen after downsampling: an image r times as wide gets r squared times the noise.',
  equation: String.raw`\gamma \mapsto \gamma - 2 \ln r`,
  source: 'Hoogeboom, Heek and Salimans, Simple diffusion, arXiv 2301.11093',
  parameters: {
    ratio: {
      symbol: 'r',
      summary: 'resolution over the one the schedule was made for',
      default: 1,
      min: 0,
      max: 1e6,
      open: 'min',
      slider: [0.5, 16],
      unit: '1',
    },
  },
  apply: (schedule, { ratio }) => shifted(schedule, -2 * Math.log(ratio)),
});
