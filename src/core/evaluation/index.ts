export * from './calibration';
export * from './classes';
export * from './models';
export * from './seeds';
export { Votes } from './votes';
