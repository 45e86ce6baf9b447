import type { FileRule } from '../../core/files/filePlaces';
import type { Experiment } from '../../core/experiment/experiment';
import type { BoundaryPoints, LearnedAt } from '../../core/runs/evaluationResults';
import type { RunRecord } from '../../core/runs/record';
import { examplesOf, sampleEvenly, type Examples } from '../data/examples';
import { loadData } from '../data/load';
import { checkUnchanged } from '../data/preparedData';
import { weightsUnder } from '../network/tensors';
import { specOf } from '../runs/openRun';
import { readRecord, readRunExperiment } from '../runs/runFolder';
import { kindOf, samplerOf } from '../training/models';
import { scheduleWeights, withScheduleWeights } from '../training/optimiser/scheduleTensors';
import type { StepWeights } from '../training/weightsRequests';
import { boundary, boundaryPoints, hasBoundary } from './boundary';
import { evaluate, trajectories } from './evaluate';

/** How much is computed: test rows that are evaluated, and points a side of the plane. */
interface Extent {
  readonly rows: number;
  readonly size: number;
}

/** From the least to the most that is computed. */
const EXTENTS: readonly Extent[] = [
  { rows: 100, size: 12 },
  { rows: 100, size: 16 },
  { rows: 100, size: 24 },
  { rows: 250, size: 32 },
  { rows: 500, size: 48 },
  { rows: 500, size: 64 },
];

/** Test rows whose ways are drawn: always the same, so that one can follow them. */
const WAYS = 20;

/** The extent of the first time. */
const FIRST = 1;
/** Of the time that is allowed: more than the one takes less the next time, less than the other takes more. */
const [OVER, UNDER] = [1.5, 0.4];

/** What is known of a run in training: all that is needed to compute from its weights what it has learned. */
export class LearnedLive {
  private level = FIRST;
  /** Whether the last time took too long (-1) or could have been longer (1). */
  private tendency = 0;

  private constructor(
    private readonly experiment: Experiment,
    private readonly record: RunRecord,
    private readonly test: Examples,
    private readonly points: BoundaryPoints | undefined,
  ) {}

  /** Reads what stays the same while a run trains. Errors are those of `loadData`. */
  static async read(run: string, files: FileRule): Promise<LearnedLive> {
    const [record, experiment] = await Promise.all([readRecord(run), readRunExperiment(run)]);
    const data = await loadData(experiment, record.data.folder, files);
    checkUnchanged(record, data);
    const test = examplesOf(data, data.test);
    const points = hasBoundary(record.data)
      ? boundaryPoints(examplesOf(data, data.train), test, record.data)
      : undefined;
    return new LearnedLive(experiment, record, sampleEvenly(test, EXTENTS.at(-1)!.rows), points);
  }

  /** What weights have learned. The next time it computes more or less, by how long it took beside `allowed` milliseconds. */
  learned({ step, weights: tensors }: StepWeights, allowed: number): LearnedAt {
    const begun = performance.now();
    const { record, test, points } = this;
    const { data } = record;
    const { rows, size } = EXTENTS[this.level]!;
    const weights = weightsUnder(tensors);
    const experiment = withScheduleWeights(this.experiment, scheduleWeights(weights));
    const sampler = samplerOf(experiment);
    const model = kindOf(experiment).open(specOf(experiment, data), weights);
    try {
      return {
        step,
        evaluation: evaluate(model, sampler, sampleEvenly(test, rows), data),
        ...(!sampler.direct && { trajectories: trajectories(model, sampler, sampleEvenly(test, WAYS), data) }),
        ...(points && { boundary: boundary(model, sampler, data, size, copyOf(points)) }),
      };
    } finally {
      model.dispose();
      this.adapt((performance.now() - begun) / allowed);
    }
  }

  private adapt(share: number): void {
    const way = share > OVER ? -1 : share < UNDER ? 1 : 0;
    // twice in a row, or a picture would change its size whenever the machine is busy for a moment
    if (way && way === this.tendency) this.level = Math.min(EXTENTS.length - 1, Math.max(0, this.level + way));
    this.tendency = way;
  }
}

/** What is sent is given away with its arrays. */
const copyOf = ({ x, truth, test }: BoundaryPoints): BoundaryPoints => ({
  x: x.slice(),
  truth: truth.slice(),
  test: test.slice(),
});
