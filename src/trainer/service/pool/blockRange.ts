import type { Call } from '../../../protocol/rpc';
import type { ModelTraining } from '../../training/models/modelTraining';
import type { TrainingState, TrainingSnapshot } from '../../training/models/trainingState';
import type { TrainingPlan } from '../../training/plan';

/** What some blocks' steps came to, step after step, each block after block. */
export interface BlockSteps {
  /** How many blocks. */
  readonly count: number;
  /** How many steps all of the blocks took. */
  readonly steps: number;
  /** False where the step after them was not finite. */
  readonly finite: boolean;
  /** How long they took. */
  readonly milliseconds: number;
  /** Steps x blocks: the losses, and the norms of the gradients. */
  readonly losses: Float64Array;
  readonly norms: Float64Array;
  /** Steps x blocks x batch: |u - z_T|^2 of each row. */
  readonly errors: Float32Array;
}

/** What the leader of a training may ask of who trains some of its blocks. */
export interface BlockRangeCalls {
  /** Trains these blocks from now on, from a state of all; answers the bin of log-SNR of each of their rows. */
  begin: Call<[blocks: readonly number[], saved?: TrainingState | undefined], Int32Array>;
  /** Takes so many steps, fewer where one is not finite. */
  advance: Call<[steps: number], BlockSteps>;
  save: Call<[], TrainingSnapshot>;
}

/** Trains some of the blocks of a plan whose blocks are trained apart. Dispose it. */
export class BlockRangeTraining {
  private training: ModelTraining | undefined;
  private count = 0;

  constructor(private readonly plan: TrainingPlan) {}

  begin(blocks: readonly number[], saved?: TrainingState): Int32Array {
    this.dispose();
    this.training = this.plan.kind.training(this.plan, { resume: saved, blocks });
    this.count = blocks.length;
    return this.training.bins.slice();
  }

  advance(most: number): BlockSteps {
    const { count } = this;
    const training = this.training!;
    const rows = count * this.plan.batchSize;
    const [losses, norms] = [new Float64Array(most * count), new Float64Array(most * count)];
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
