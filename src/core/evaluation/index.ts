export * from './calibration';
export * from './classes';
export * from './regression';
export * from './seeds';
export { Votes } from './votes';
