import { defineExponential } from './multistep';

export const exponential2 = defineExponential({
  id: 'exponential-2',
  title: 'Exponential 2',
  summary: 'The exact integral of the line in γ through the last two values of u.',
  order: 2,
});
