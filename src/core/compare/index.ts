export { compare } from './compare';
export { findReference } from './reference';
export { fitSlope, SLOPE_RULE } from './slope';
export { verdictOf } from './verdict';
export type { ComparisonProblem, ComparisonProgress, ComparisonResult, ComparisonRow } from './compare';
export type { Reference, ReferenceProblem } from './reference';
export type { Slope } from './slope';
