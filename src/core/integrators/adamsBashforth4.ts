import { defineAdamsBashforth } from './adamsBashforth';

export const adamsBashforth4 = defineAdamsBashforth({
  id: 'ab4',
  title: 'Adams-Bashforth 4',
  order: 4,
  stability: 0.3,
});
