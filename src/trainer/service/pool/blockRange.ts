import * as z from 'zod';
import type { Call, CallSchemas } from '../../../protocol/rpc';
import { count, having, list, number, numbers } from '../../../protocol/schema';
import type { ModelTraining } from '../../training/models/modelTraining';
import type { TrainingSnapshot, TrainingState } from '../../training/models/trainingState';
import type { TrainingPlan } from '../../training/plan';

/** The results of some steps of a range of blocks: step after step, and in each step block after block. */
export interface BlockSteps {
  /** The number of blocks. */
  readonly count: number;
  /** The steps that all of the blocks took. */
  readonly steps: number;
  /** False where the next step was not finite. */
  readonly finite: boolean;
  readonly milliseconds: number;
  /** Steps x blocks: the losses, and the norms of the gradients. */
  readonly losses: Float64Array;
  readonly norms: Float64Array;
  /** Steps x blocks x batch: |u - z_T|^2 of each row. */
  readonly errors: Float32Array;
}

/** What the thread that leads a training asks of a helper. */
export interface BlockRangeCalls {
  /** Trains these blocks from now on, from a state of all blocks. Answers the bin of log-SNR of each of their rows. */
  begin: Call<[blocks: readonly number[], resume?: TrainingState | undefined], Int32Array>;
  /** Takes so many steps, or fewer where one is not finite. */
  advance: Call<[steps: number], BlockSteps>;
  save: Call<[], TrainingSnapshot>;
}

const trainingState = having<TrainingState>({ step: count(1e12) });

/** What the messages of these calls must be. */
export const blockRangeSchemas: CallSchemas<BlockRangeCalls> = {
  begin: { args: z.tuple([list(count()), trainingState.optional()]), value: numbers('Int32Array') },
  advance: {
    args: z.tuple([count()]),
    value: having<BlockSteps>({
      steps: count(),
      milliseconds: number,
      losses: numbers('Float64Array'),
      norms: numbers('Float64Array'),
      errors: numbers('Float32Array'),
    }),
  },
  save: { args: z.tuple([]), value: having<TrainingSnapshot>({ step: count(1e12) }) },
};

/** Trains a range of the blocks of a plan whose blocks can be trained apart. Dispose it. */
export class BlockRangeTraining {
  private training: ModelTraining | undefined;
  private count = 0;

  constructor(private readonly plan: TrainingPlan) {}

  begin(blocks: readonly number[], resume?: TrainingState): Int32Array {
    this.dispose();
    this.training = this.plan.kind.training(this.plan, { resume, blocks });
    this.count = blocks.length;
    return this.training.bins.slice();
  }

  advance(most: number): BlockSteps {
    const { count } = this;
    const training = this.training!;
    const rows = count * this.plan.batchSize;
    const losses = new Float64Array(most * count);
    const norms = new Float64Array(most * count);
    const errors = new Float32Array(most * rows);
    const begun = performance.now();
    let steps = 0;
    for (; steps < most && training.next(); steps++) {
      losses.set(training.blocks!.losses, steps * count);
      norms.set(training.blocks!.norms, steps * count);
      errors.set(training.errors, steps * rows);
    }
    const milliseconds = performance.now() - begun;
    return { count, steps, finite: steps === most, milliseconds, losses, norms, errors };
  }

  save(): TrainingSnapshot {
    return this.training!.save();
  }

  dispose(): void {
    this.training?.dispose();
    this.training = undefined;
  }
}
