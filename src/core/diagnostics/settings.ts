/** What a model gives at time t. */
export const predictedQuantities = ['u', 'v', 'epsilon'] as const;
export type PredictedQuantity = (typeof predictedQuantities)[number];

/** What a schedule is used with. */
export interface DiagnosticSettings {
  /** The window: everything is summed and integrated where |gamma| <= limit. */
  readonly limit: number;
  /** Of the target, whose norm is taken as 1, as of a one-hot label; undefined where it is not known. */
  readonly dimension?: number | undefined;
  readonly prediction: PredictedQuantity;
  /** The largest weight the loss gives to any time; Infinity where it has no cap. */
  readonly weightCap: number;
}
