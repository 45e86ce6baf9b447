import { setImmediate } from 'node:timers/promises';
import type { TrainingStep } from '../../training/metricsRecorder';
import type { ModelTraining } from '../../training/models/modelTraining';
import { mergeSnapshots, type TrainingState, type TrainingSnapshot } from '../../training/models/trainingState';
import type { Model } from '../../sampling/model';
import { blocksOf } from '../../training/batches/blocks';
import type { TrainingPlan } from '../../training/plan';
import { takeSteps, type StepRunner } from '../../training/stepRunner';
import { BlockRangeTraining, type BlockSteps } from './blockRange';
import { WorkBalance, splitBlocks } from './workSplit';
import type { Helper, HelperThreads } from './helperThreads';
import { weightsUnder } from '../../network/tensors';

/** Milliseconds for which all take steps before they are put together. */
const TURN = 50;
/** The most numbers that a turn brings together. */
const MOST = 2 ** 22;

/** The blocks from 0 on in parts of so many, in order. */
function shareOut(counts: readonly number[]): number[][] {
  let next = 0;
  return counts.map((count) => Array.from({ length: count }, () => next++));
}

/** The runner of a plan whose blocks are trained apart; undefined for any other. */
export const parallelStepRunner = (
  plan: TrainingPlan,
  team: HelperThreads,
  resume?: TrainingState,
): StepRunner | undefined =>
  (plan.kind.independentBlocks?.(plan.experiment) ?? 1) > 1 ? new ParallelStepRunner(plan, team, resume) : undefined;

/**
 * Trains blocks that are trained apart, together with a team: this thread has some of the blocks and each helper has some.
 * Each block's numbers depend on nothing but itself and are put together block after block, so that the result is the
 * same, bit for bit, whoever helps and whoever goes. Dispose it.
 */
export class ParallelStepRunner implements StepRunner {
  step: number;
  private readonly count: number;
  private readonly rowWeights: Float32Array;
  private bins = new Int32Array();
  /** All blocks, where nobody helps. */
  private whole: ModelTraining | undefined;
  private readonly part: BlockRangeTraining;
  private helpers: readonly Helper[] = [];
  /** How the blocks are shared out among this thread and the helpers. */
  private balance: WorkBalance | undefined;
  private version = -1;
  /** The last state of all blocks that is known: where to go back to when a helper is gone. */
  private kept: TrainingState | undefined;
  private saved: TrainingSnapshot | undefined;
  private answering: Model | undefined;
  private turn = 1;

  constructor(
    private readonly plan: TrainingPlan,
    private readonly team: HelperThreads,
    resume?: TrainingState,
  ) {
    const { weights } = blocksOf(plan.experiment);
    this.count = weights.length;
    const scale = this.count * plan.experiment.training.eta;
    this.rowWeights = Float32Array.from(
      { length: this.count * plan.batchSize },
      (_, i) => scale * weights[Math.floor(i / plan.batchSize)]!,
    );
    this.part = new BlockRangeTraining(plan);
    this.kept = resume;
    this.step = resume?.step ?? 0;
    team.request(this.count - 1);
  }

  async advance(to: number, each: (step: TrainingStep) => void): Promise<boolean> {
    if (this.version !== this.team.version) await this.form();
    this.forget();
    if (this.whole) {
      const finite = takeSteps(this.whole, to, each);
      this.step = this.whole.step;
      await setImmediate();
      return finite;
    }
    const most = Math.min(to - this.step, this.turn);
    const begun = performance.now();
    const parts = await this.all(most);
    if (!parts) return true;
    const steps = Math.min(...parts.map((part) => part.steps));
    for (let k = 0; k < steps; k++) each(this.together(parts, k));
    const wanted = (most * TURN) / (performance.now() - begun);
    const room = Math.max(1, Math.floor(MOST / this.rowWeights.length));
    this.turn = Math.max(1, Math.min(room, 2 * this.turn, Math.round(wanted)));
    if (parts.every(({ finite }) => finite)) {
      const better = this.balance?.add(parts);
      if (better) await this.form(better);
      return true;
    }
    await this.fail();
    return false;
  }

  /** So many steps of every part; undefined where a helper is gone, and the next turn begins without it. */
  private async all(most: number): Promise<BlockSteps[] | undefined> {
    const asked = this.ask(({ call }) => call('advance', [most]));
    const own = this.part.advance(most);
    const theirs = await asked;
    return theirs && [own, ...theirs];
  }

  /** Asks every helper; undefined where one is gone or failed, which is then no helper any more. */
  private async ask<T>(what: (helper: Helper, place: number) => Promise<T>): Promise<T[] | undefined> {
    const answers = await Promise.allSettled(this.helpers.map(what));
    const good = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    if (good.length === answers.length) return good;
    answers.forEach(({ status }, i) => status === 'rejected' && this.team.drop(this.helpers[i]!.id));
    return undefined;
  }

  /** The next step of all blocks, put together in their order from the k-th of every part. */
  private together(parts: readonly BlockSteps[], k: number): TrainingStep {
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
   * Shares the blocks out anew among those who are here, from the state as it is or, where a helper took its part along,
   * as it was. `counts` are the blocks of each, where nobody comes or goes.
   */
  private async form(counts?: readonly number[]): Promise<void> {
    const lost = this.helpers.some((helper) => !this.team.has(helper));
    if (!lost && this.version >= 0) this.kept = await this.save();
    for (let formed = false; !formed; formed = await this.begin(this.kept, counts));
  }

  /** Begins from a state and catches up with the steps that were taken; false where a helper left meanwhile. */
  private async begin(saved: TrainingState | undefined, counts?: readonly number[]): Promise<boolean> {
    const begun = performance.now();
    const { plan, team, part, count } = this;
    this.end();
    this.version = team.version;
    this.helpers = team.releaseDismissed().slice(0, count - 1);
    if (!this.helpers.length) {
      this.whole = plan.kind.training(plan, { resume: saved });
      while (this.whole.step < this.step) {
        takeSteps(this.whole, this.step, () => undefined);
        await setImmediate();
      }
      return true;
    }
    const threads = this.helpers.length + 1;
    const chosen = counts?.length === threads ? counts : splitBlocks(count, new Array<number>(threads).fill(1));
    const [own, ...shares] = shareOut(chosen);
    const asked = this.ask(({ call }, i) => call('begin', [shares[i]!, saved]));
    const first = part.begin(own!, saved);
    const others = await asked;
    if (!others) return false;
    this.bins = Int32Array.from([first, ...others].flatMap((bins) => [...bins]));
    this.balance = new WorkBalance(chosen, performance.now() - begun);
    for (let step = saved?.step ?? 0; step < this.step; step += this.turn)
      if (!(await this.all(Math.min(this.turn, this.step - step)))) return false;
    return true;
  }

  /** Takes the steps since the last known state again in this thread, to the one that is not finite, to end as alone. */
  private async fail(): Promise<void> {
    this.end();
    this.disband();
    [this.helpers, this.version] = [[], this.team.version];
    this.whole = this.plan.kind.training(this.plan, { resume: this.kept });
    const { steps } = this.plan;
    while (this.whole.step < steps && takeSteps(this.whole, steps, () => undefined)) await setImmediate();
  }

  async save(): Promise<TrainingSnapshot> {
    while (!this.saved) {
      if (this.whole) this.saved = this.whole.save();
      else {
        const others = await this.ask(({ call }) => call('save', []));
        if (others) this.saved = mergeSnapshots([this.part.save(), ...others]);
        else await this.form();
      }
    }
    return (this.kept = this.saved);
  }

  async model(): Promise<Model> {
    if (this.whole) return this.whole.model;
    const { weights } = await this.save();
    return (this.answering ??= this.plan.kind.open(this.plan, weightsUnder(weights)));
  }

  /** Lets all helpers go, and asks for no other. */
  private disband(): void {
    this.team.request(0);
    this.team.releaseDismissed(true);
  }

  /** Drops what was of the last step. */
  private forget(): void {
    this.saved = undefined;
    this.answering?.dispose();
    this.answering = undefined;
  }

  /** Ends what is trained here. */
  private end(): void {
    this.whole?.dispose();
    this.whole = undefined;
    this.part.dispose();
  }

  dispose(): void {
    this.forget();
    this.end();
    this.disband();
  }
}
