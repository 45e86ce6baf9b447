import type { FileRule } from '../../core/files/filePlaces';
import type { RunRecord } from '../../core/runs/record';
import type { TrainingProgress } from '../../protocol/progress';
import type { QueueJob } from '../../protocol/queue';
import type { ModelLine } from '../ownModel/modelLine';

/** What a trainer's service is started with. */
export interface TrainerOptions {
  /** Train and compute with relaxed SIMD, which the records of runs tell. */
  readonly relaxed?: boolean;
  /** How many threads train; 0 for one less than the cores, at least 1. */
  readonly workers?: number | undefined;
  /** Whether somebody may watch what models learn while they train: this thread then makes itself ready as they begin. */
  readonly watched?: boolean;
  /** Which data files may be read at first; any where it is left out, as in a terminal. */
  readonly files?: FileRule;
  /** The line to the reader's model in Python, where this thread may wait for it. */
  readonly line?: ModelLine;
  /** The interpreter that the reader chose at first; that of the system where it is left out. */
  readonly python?: string | undefined;
  /** Gets each line that the reader's model prints. */
  readonly onPrint?: (line: string) => void;
  readonly onStarted?: (record: RunRecord) => void;
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** Gets all trainings that run or wait, whenever one comes, starts or goes. */
  readonly onQueue?: (jobs: readonly QueueJob[]) => void;
}
