export * from './calibration';
export * from './classes';
export * from './modelComparison';
export * from './seedStatistics';
export { ClassProbabilities } from './classProbabilities';
