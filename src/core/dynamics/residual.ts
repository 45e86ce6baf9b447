import { defineDynamics } from './dynamics';

export const residual = defineDynamics({
  id: 'residual',
  title: 'Residual',
  summary: 'The residual u − z as the velocity, as in early public code: the schedule reaches it through u alone.',
  equation: String.raw`\frac{dz}{dt} = u - z`,
  number: '',
  source: 'Early public code of NoProp-CT',
  parameters: {},
  create: () => ({
    id: 'residual',
    needs: ['schedule'],
    rates: () => ({ pull: 1, decay: 1 }),
    kept: (_, from, to) => Math.exp(from - to),
  }),
});
