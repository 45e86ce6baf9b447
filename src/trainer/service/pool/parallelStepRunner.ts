import { setImmediate } from 'node:timers/promises';
import { weightsUnder, type Tensors } from '../../network/tensors';
import type { Model } from '../../sampling/model';
import { blocksOf } from '../../../core/sampling/blocks';
import type { TrainingStep } from '../../training/metricsRecorder';
import type { ModelTraining } from '../../training/models/modelTraining';
import { mergeSnapshots, type TrainingSnapshot, type TrainingState } from '../../training/models/trainingState';
import type { TrainingPlan } from '../../training/plan';
import { takeSteps, type StepRunner } from '../../training/stepRunner';
import { BlockRangeTraining, type BlockSteps } from './blockRange';
import type { Helper, HelperSource } from './helperThreads';
import { splitBlocks, WorkBalance } from './workSplit';

/** Milliseconds for which all threads take steps before the results are merged. */
const TURN = 50;
/** The most errors of rows that one turn collects. */
const MOST_ERRORS = 2 ** 22;

/** The block numbers from 0 on in ranges of these lengths. */
function blockRanges(counts: readonly number[]): number[][] {
  let next = 0;
  return counts.map((count) => Array.from({ length: count }, () => next++));
}

/** The runner of a plan whose blocks can be trained apart; undefined for any other plan. */
export const parallelStepRunner = (
  plan: TrainingPlan,
  helpers: HelperSource,
  resume?: TrainingState,
): StepRunner | undefined =>
  (plan.kind.independentBlocks?.(plan.experiment) ?? 1) > 1 ? new ParallelStepRunner(plan, helpers, resume) : undefined;

/**
 * Trains blocks that can be trained apart in several threads: this thread and each helper have a range of the blocks. The
 * numbers of a block depend on nothing else, and they are merged block after block. So the result is the same, bit for
 * bit, whoever helps. Dispose it.
 */
export class ParallelStepRunner implements StepRunner {
  step: number;
  /** The number of blocks. */
  private readonly count: number;
  private readonly rowWeights: Float32Array;
  private bins = new Int32Array();
  /** The training of all blocks, where nobody helps. */
  private whole: ModelTraining | undefined;
  /** This thread's range of the blocks, where somebody helps. */
  private readonly own: BlockRangeTraining;
  private active: readonly Helper[] = [];
  private balance: WorkBalance | undefined;
  /** The version of the helpers for which the blocks were split. */
  private version = -1;
  /** The last known state of all blocks, to return to where a helper is gone. */
  private known: TrainingState | undefined;
  /** The state and the model after the last step, once they are asked for. */
  private snapshot: TrainingSnapshot | undefined;
  private opened: Model | undefined;
  /** Steps of the next turn. */
  private turn = 1;

  constructor(
    private readonly plan: TrainingPlan,
    private readonly helpers: HelperSource,
    resume?: TrainingState,
  ) {
    const { weights } = blocksOf(plan.experiment);
    this.count = weights.length;
    const scale = this.count * plan.experiment.training.eta;
    this.rowWeights = Float32Array.from(
      { length: this.count * plan.batchSize },
      (_, i) => scale * weights[Math.floor(i / plan.batchSize)]!,
    );
    this.own = new BlockRangeTraining(plan);
    this.known = resume;
    this.step = resume?.step ?? 0;
    helpers.request(this.count - 1);
  }

  async advance(to: number, each: (step: TrainingStep) => void): Promise<boolean> {
    if (this.version !== this.helpers.version) await this.split();
    this.forgetLastStep();
    if (this.whole) {
      const finite = takeSteps(this.whole, to, each);
      this.step = this.whole.step;
      await setImmediate();
      return finite;
    }
    const most = Math.min(to - this.step, this.turn);
    const begun = performance.now();
    const parts = await this.advanceAll(most);
    if (!parts) return true;
    const steps = Math.min(...parts.map((part) => part.steps));
    for (let k = 0; k < steps; k++) each(this.mergeStep(parts, k));
    const wanted = Math.round((most * TURN) / (performance.now() - begun));
    const limit = Math.max(1, Math.floor(MOST_ERRORS / this.rowWeights.length));
    this.turn = Math.max(1, Math.min(limit, 2 * this.turn, wanted));
    if (parts.every(({ finite }) => finite)) {
      const better = this.balance?.add(parts);
      if (better) await this.split(better);
      return true;
    }
    await this.finishAlone();
    return false;
  }

  async save(): Promise<TrainingSnapshot> {
    if (this.version < 0) await this.split(); // no step was taken yet
    let { snapshot } = this;
    while (!snapshot) {
      snapshot = this.whole ? this.whole.save() : await this.mergeStates();
      if (!snapshot) await this.split();
    }
    this.snapshot = snapshot;
    this.known = snapshot;
    return snapshot;
  }

  async weights(): Promise<Tensors> {
    return this.whole ? this.whole.weights() : (await this.save()).weights;
  }

  async model(): Promise<Model> {
    if (this.whole) return this.whole.model;
    const { weights } = await this.save();
    this.opened ??= this.plan.kind.open(this.plan, weightsUnder(weights));
    return this.opened;
  }

  dispose(): void {
    this.forgetLastStep();
    this.endTraining();
    this.releaseAll();
  }

  /** Takes so many steps of all blocks; undefined where a helper is gone: the next turn begins without it. */
  private async advanceAll(most: number): Promise<BlockSteps[] | undefined> {
    const asked = this.askAll(({ call }) => call('advance', [most]));
    const own = this.own.advance(most);
    const others = await asked;
    return others && [own, ...others];
  }

  /** The state of all blocks; undefined where a helper is gone. */
  private async mergeStates(): Promise<TrainingSnapshot | undefined> {
    const others = await this.askAll(({ call }) => call('save', []));
    return others && mergeSnapshots([this.own.save(), ...others]);
  }

  /** Asks every active helper. Drops those that are gone or fail, and returns undefined then. */
  private async askAll<T>(ask: (helper: Helper, place: number) => Promise<T>): Promise<T[] | undefined> {
    const answers = await Promise.allSettled(this.active.map(ask));
    const good = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    if (good.length === answers.length) return good;
    answers.forEach(({ status }, i) => status === 'rejected' && this.helpers.drop(this.active[i]!.id));
    return undefined;
  }

  /** The next step of all blocks, in their order, from the k-th step of every range. */
  private mergeStep(parts: readonly BlockSteps[], k: number): TrainingStep {
    const { rowWeights, bins } = this;
    const { batchSize } = this.plan;
    const errors = new Float32Array(rowWeights.length);
    let [loss, squares, block] = [0, 0, 0];
    for (const { count, losses, norms, errors: own } of parts) {
      errors.set(own.subarray(k * count * batchSize, (k + 1) * count * batchSize), block * batchSize);
      for (let i = k * count; i < (k + 1) * count; i++) {
        loss += losses[i]!;
        squares += norms[i]! ** 2;
      }
      block += count;
    }
    this.step++;
    return { step: this.step, loss, gradientNorm: Math.sqrt(squares), errors, bins, rowWeights };
  }

  /**
   * Splits the blocks anew among those who are here. It goes on from the present state or, where a helper left with its
   * part of that, from the last known one. `counts` are the blocks of each thread, where nobody comes or goes.
   */
  private async split(counts?: readonly number[]): Promise<void> {
    const lost = this.active.some((helper) => !this.helpers.has(helper));
    if (!lost && this.version >= 0) await this.save();
    for (let split = false; !split; split = await this.begin(this.known, counts));
  }

  /** Begins from a state and takes the steps since again. False where a helper left meanwhile. */
  private async begin(state: TrainingState | undefined, counts?: readonly number[]): Promise<boolean> {
    const begun = performance.now();
    const { helpers, count } = this;
    this.endTraining();
    this.version = helpers.version;
    this.active = helpers.releaseDismissed().slice(0, count - 1);
    if (!this.active.length) {
      await this.beginAlone(state, this.step);
      return true;
    }
    const threads = this.active.length + 1;
    const chosen = counts?.length === threads ? counts : splitBlocks(count, new Array<number>(threads).fill(1));
    const [own, ...ranges] = blockRanges(chosen);
    const asked = this.askAll(({ call }, i) => call('begin', [ranges[i]!, state]));
    const first = this.own.begin(own!, state);
    const others = await asked;
    if (!others) return false;
    this.bins = Int32Array.from([first, ...others].flatMap((bins) => [...bins]));
    this.balance = new WorkBalance(chosen, performance.now() - begun);
    for (let step = state?.step ?? 0; step < this.step; step += this.turn)
      if (!(await this.advanceAll(Math.min(this.turn, this.step - step)))) return false;
    return true;
  }

  /** Trains all blocks in this thread, from a state to a step or to the last one that is finite. */
  private async beginAlone(state: TrainingState | undefined, to: number): Promise<void> {
    const whole = this.plan.kind.training(this.plan, { resume: state });
    this.whole = whole;
    while (whole.step < to && takeSteps(whole, to, () => undefined)) await setImmediate();
  }

  /** After a step that is not finite: repeats the steps since the last known state here, to end as one thread would. */
  private async finishAlone(): Promise<void> {
    this.endTraining();
    this.releaseAll();
    this.active = [];
    this.version = this.helpers.version;
    await this.beginAlone(this.known, this.plan.steps);
  }

  /** Lets all helpers go and requests no others. */
  private releaseAll(): void {
    this.helpers.request(0);
    this.helpers.releaseDismissed(true);
  }

  /** Drops the state and the model of the last step. */
  private forgetLastStep(): void {
    this.snapshot = undefined;
    this.opened?.dispose();
    this.opened = undefined;
  }

  private endTraining(): void {
    this.whole?.dispose();
    this.whole = undefined;
    this.own.dispose();
  }
}
