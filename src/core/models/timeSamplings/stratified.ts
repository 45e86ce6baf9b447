import { uniformTime, type TimeSampling } from './timeSampling';

export const stratified: TimeSampling = {
  id: 'stratified',
  title: 'Stratified',
  summary: 'uniform, with one time in each equal part of the window (Kingma et al., VDM, 2021)',
  law: (window) => ({ stratified: true, time: uniformTime(window) }),
};
