/** A training that waits for a thread, or has one. */
export interface QueueJob {
  /** Its own id: a job that waits has no run yet. */
  readonly id: string;
  /** The run's id, once its folder exists. */
  readonly run?: string | undefined;
  /** The experiment's name. */
  readonly name: string;
  /** What the runs of one experiment of several seeds share. */
  readonly group?: string | undefined;
  readonly seed: number;
  readonly state: 'waiting' | 'running';
  readonly step: number;
  readonly steps: number;
}
