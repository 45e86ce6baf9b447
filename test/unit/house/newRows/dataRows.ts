import type { NewRow } from './newRow';

/** New rows of data, training and errors. */
export const dataRows: readonly NewRow[] = [
  {
    what: 'data set',
    id: 'stripes',
    kind: 'data',
    document: { data: { id: 'stripes' } },
    room: 'src/core/datasets',
    list: 'generators',
    file: {
      name: 'stripes',
      source: `import { count, defineGenerator, noise, planar } from './dataset';

export const stripes = defineGenerator({
  id: 'stripes',
  title: 'Stripes',
  summary: 'Two parallel lines.',
  source: 'a test',
  parameters: { n: count, noise: noise(0.05) },
  generate: ({ n, noise: sd }, random) => planar(n, 2, sd, random, (c, share) => [share, c]),
});
`,
    },
  },
  {
    what: 'time sampling',
    id: 'late',
    kind: 'time-samplings',
    document: { training: { times: 'late' } },
    room: 'src/core/models/timeSamplings',
    list: 'timeSamplings',
    file: {
      name: 'late',
      source: `import type { TimeSampling } from './timeSampling';

export const late: TimeSampling = {
  id: 'late',
  title: 'Late',
  summary: 'stratified, with a density that rises in proportion to the time since the start',
  law: ({ start, end }) => ({
    stratified: true,
    time: (share) => start + (end - start) * Math.sqrt(share),
    density: (t) => (2 * (t - start)) / (end - start),
  }),
};
`,
    },
  },
  {
    what: 'norm',
    id: 'absolute',
    kind: 'norms',
    document: { comparison: { norm: 'absolute' } },
    room: 'src/core/compare/norms',
    list: 'norms',
    file: {
      name: 'absolute',
      source: `import { defineNorm } from './norm';
import { differences, meanError } from './statistics';

export const absolute = defineNorm({
  id: 'absolute',
  title: 'Mean absolute',
  summary: 'The mean size of the differences, over all paths and coordinates.',
  phrase: 'a mean absolute error',
  distance: (z, exact) => differences(z, exact).reduce((sum, gap) => sum + Math.abs(gap), 0) / z.length,
  standardError: (z, exact) => meanError(differences(z, exact).map(Math.abs), 1),
});
`,
    },
  },
];
