import { defineExponentialAdams } from './exponentialAdams';

export const exponential2 = defineExponentialAdams({
  id: 'exponential-2',
  title: 'Exponential 2',
  summary: 'The exact step with u on the line in log-SNR through its last two values; one step of order 3 starts it.',
  order: 2,
});
