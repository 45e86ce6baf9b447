/** How far an evaluation has come. */
export interface EvaluationShare {
  /** The run's folder. */
  readonly run: string;
  readonly what: 'starts' | 'step counts';
  readonly done: number;
  readonly total: number;
}
