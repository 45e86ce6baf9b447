import { defineExponentialAdams } from './exponentialAdams';

export const exponential3 = defineExponentialAdams({
  id: 'exponential-3',
  title: 'Exponential 3',
  summary:
    'The exact step with u on the parabola in log-SNR through its last three values; two steps of order 3 start it.',
  order: 3,
});
