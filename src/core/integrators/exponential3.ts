import { defineExponential } from './multistep';

export const exponential3 = defineExponential({
  id: 'exponential-3',
  title: 'Exponential 3',
  summary: 'The exact integral of the parabola in γ through the last three values of u.',
  order: 3,
});
