import type { NewRow } from './newRow';

/** New rows of what is integrated, and how. */
export const flowRows: readonly NewRow[] = [
  {
    what: 'dynamics',
    id: 'half-noise',
    kind: 'dynamics',
    document: { dynamics: 'half-noise' },
    room: 'src/core/dynamics',
    list: 'dynamics',
    file: {
      name: 'halfNoise',
      source: `import { defineDynamics } from './dynamics';
import { lambdaFamily } from './lambdaFamily';

export const halfNoise = defineDynamics({
  id: 'half-noise',
  title: 'Half the noise',
  summary: 'The member of the lambda family between the probability flow and the forward process.',
  equation: String.raw\`\\frac{dz}{dt} = \\tfrac{\\gamma'}{2}\\left(\\tfrac54\\sqrt{\\bar\\alpha}\\,u - (\\bar\\alpha+\\tfrac14)\\,z\\right)\`,
  number: '',
  source: 'a test',
  parameters: {},
  create: () => ({ ...lambdaFamily.create({ lambda: 0.5 }), id: 'half-noise' }),
});
`,
    },
  },
  {
    what: 'denoiser',
    id: 'two-points',
    kind: 'denoisers',
    document: { denoiser: { id: 'two-points' } },
    room: 'src/core/denoisers',
    list: 'denoisers',
    file: {
      name: 'twoPoints',
      source: `import { defineDenoiser } from './denoiser';
import { mixtureU } from './mixture';

export const twoPoints = defineDenoiser({
  id: 'two-points',
  title: 'Two narrow humps',
  summary: 'The exact posterior mean of data close to two values of opposite sign.',
  equation: String.raw\`u = a \\tanh(\\sqrt{\\mathrm{SNR}}\\,a z)\`,
  source: 'a test',
  parameters: {
    size: { symbol: 'a', summary: 'size of both values', default: 1, min: 0, max: 100, slider: [0, 3], unit: '1' },
  },
  create: ({ size }) => mixtureU(-size, size, 0.5, 0.05),
  law: ({ size }) => ({ weights: [0.5, 0.5], means: [-size, size], sds: [0.05, 0.05] }),
});
`,
    },
  },
  {
    what: 'integrator',
    id: 'heun3',
    kind: 'integrators',
    document: { integrator: { id: 'heun3' } },
    room: 'src/core/integrators',
    list: 'integrators',
    file: {
      name: 'heun3',
      source: `import { defineRungeKutta } from './rungeKutta';

export const heun3 = defineRungeKutta(
  { id: 'heun3', title: 'Heun, third order', summary: 'Three slopes a step.', source: 'Heun, 1900', order: 3 },
  { a: [[], [1 / 3], [0, 2 / 3]], b: [1 / 4, 0, 3 / 4], c: [0, 1 / 3, 2 / 3] },
);
`,
    },
  },
  {
    what: 'grid',
    id: 'sine',
    kind: 'grids',
    document: { grid: 'sine' },
    room: 'src/core/grids',
    list: 'grids',
    file: {
      name: 'sine',
      source: `import { defineGrid, spread } from './grid';

export const sine = defineGrid({
  id: 'sine',
  title: 'Sine',
  summary: 'Steps that shrink towards the data as a sine levels off.',
  source: 'a test',
  parameters: {},
  create: () => ({
    id: 'sine',
    times: ({ window }, steps) =>
      spread(window, steps, (share) => window.start + (window.end - window.start) * Math.sin((Math.PI / 2) * share)),
  }),
});
`,
    },
  },
  {
    what: 'start',
    id: 'narrow',
    kind: 'starts',
    document: { start: 'narrow' },
    room: 'src/core/process/starts',
    list: 'starts',
    file: {
      name: 'narrow',
      source: `import type { Start } from './start';

export const narrow: Start = {
  id: 'narrow',
  title: 'Narrow',
  summary: 'N(0, I/4).',
  fill({ random }, out) {
    random.normals(out);
    for (let k = 0; k < out.length; k++) out[k]! /= 2;
  },
  moments: () => ({ mean: 0, variance: 0.25 }),
};
`,
    },
  },
  {
    what: 'problem',
    id: 'plain',
    kind: 'problems',
    document: { comparison: { problem: 'plain' } },
    room: 'src/core/compare',
    index: 'benchmarks.ts',
    list: 'benchmarks',
    data: "{ id: 'plain', title: 'Plain', summary: 'The experiment, from 0.', source: 'a test', parts: { start: 'zero' } }",
  },
];
