import { uniformTime, type TimeSampling } from './timeSampling';

export const uniform: TimeSampling = {
  id: 'uniform',
  title: 'Uniform',
  summary: 'uniform and independent',
  law: (window) => ({ stratified: false, time: uniformTime(window) }),
};
