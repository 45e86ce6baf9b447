import { defineAdamsBashforth } from './adamsBashforth';

export const adamsBashforth2 = defineAdamsBashforth({
  id: 'ab2',
  title: 'Adams-Bashforth 2',
  order: 2,
  stability: 1,
});
