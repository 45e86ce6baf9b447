import { sigmoid } from '../../../core/math/stable';
import type { ScheduleLoss } from '../../../core/models';
import type { Schedule } from '../../../core/schedules';
import type { ScheduleEntry } from '../../../core/schedules/entrySchema';
import { learnedCurve, RAW_LIMIT } from '../../../core/schedules/learned';
import { Monotone } from '../../../core/schedules/monotone';
import type { Tensor, Tensors } from '../../network/tensors';
import { emaDecayAt } from './adam';
import { scheduleNames, scheduleValues } from './scheduleTensors';

/** A batch after the network's backward pass. z_T, the noise and the gradient are size x outputs, row-major. */
export interface ScheduleBatch {
  readonly size: number;
  readonly outputs: number;
  readonly times: ArrayLike<number>;
  /** |u - z_T|^2 of each row, and half of its weight SNR'. */
  readonly errors: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
  readonly targets: ArrayLike<number>;
  readonly noise: ArrayLike<number>;
  /** The gradient in z_t of the mean over rows of weight times error. */
  readonly stateGradient: ArrayLike<number>;
}

/** What the training of a schedule minimises over a batch, and its gradient in the weights. */
export interface ScheduleObjective {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** Settings of Adam (Kingma and Ba, arXiv 1412.6980), as for the network, and the decay of the objective's running mean. */
const [BETA1, BETA2, EPSILON, MEAN_DECAY] = [0.9, 0.999, 1e-8, 0.99];

/**
 * A schedule between fixed ends whose network (`Monotone`) is trained beside the model, in double precision. Its curve
 * is always that of its present weights.
 */
export class LearnedSchedule implements Schedule {
  readonly weights: Float64Array;
  /** Their EMA, as `NetworkTrainer` has one of the network's weights, where one is kept. */
  private readonly ema: Float64Array | undefined;
  /** The weights before the last step. */
  private readonly previous: Float64Array;
  private readonly firstMoment: Float64Array;
  private readonly secondMoment: Float64Array;
  private meanObjective: number;
  private readonly from: number;
  private readonly to: number;
  private network: Monotone;
  private curve: Schedule;

  /** The entry is of the family learned. `resume` is a state to resume from. `emaDecay` is 0 where no EMA is kept. */
  constructor(
    { params, inputs }: Pick<ScheduleEntry, 'params' | 'inputs'>,
    private readonly loss: ScheduleLoss,
    resume: Tensors = {},
    private readonly emaDecay = 0,
  ) {
    const saved = (key: keyof typeof scheduleNames) => scheduleValues(resume, key);
    this.weights = Float64Array.from(saved('weights') ?? (inputs.weights as readonly number[]));
    const { length } = this.weights;
    this.previous = (saved('previous') ?? this.weights).slice();
    if (emaDecay) this.ema = (saved('ema') ?? this.weights).slice();
    this.firstMoment = saved('firstMoment')?.slice() ?? new Float64Array(length);
    this.secondMoment = saved('secondMoment')?.slice() ?? new Float64Array(length);
    this.meanObjective = saved('meanObjective')?.[0] ?? NaN;
    this.from = params.gammaMin!;
    this.to = params.gammaMax!;
    this.network = new Monotone(this.weights);
    this.curve = learnedCurve(this.network, this.from, this.to);
  }

  /** The weights of the schedule that the model predicts with: their EMA, where one is kept. */
  get predictionWeights(): Float64Array {
    return this.ema ?? this.weights;
  }

  readonly logSnr = (t: number): number => this.curve.logSnr(t);
  readonly logSnrRate = (t: number): number => this.curve.logSnrRate(t);

  /**
   * The objective over a batch of rows with losses L_i = 1/2 SNR'(t_i) |u - z_T|^2: the mean of L_i, or the mean of
   * L_i^2. The latter is the variance over t plus a constant, because the mean is half the integral of E|u - z_T|^2 dSNR
   * (Kingma et al., VDM, 2021). gamma acts through the weight and through
   * z_t = sqrt(alphaBar) z_T + sqrt(1 - alphaBar) eps, gamma' through the weight. The KL term at t = 0 and the read-out
   * at t = 1 do not depend on the weights, because the ends are fixed.
   */
  objective(batch: ScheduleBatch): ScheduleObjective {
    const { size, outputs, times, errors, weights, targets, noise, stateGradient } = batch;
    const out = new Float64Array(this.weights.length);
    const span = this.to - this.from;
    const squared = this.loss === 'variance';
    let value = 0;
    for (let i = 0; i < size; i++) {
      const t = times[i]!;
      const gamma = this.logSnr(t);
      const [alphaBar, rest] = [sigmoid(gamma), sigmoid(-gamma)];
      const [inSignal, inNoise] = [(Math.sqrt(alphaBar) * rest) / 2, (-Math.sqrt(rest) * alphaBar) / 2];
      const loss = weights[i]! * errors[i]!;
      value += (squared ? loss * loss : loss) / size;
      let throughState = 0;
      for (let j = i * outputs; j < (i + 1) * outputs; j++)
        throughState += stateGradient[j]! * (inSignal * targets[j]! + inNoise * noise[j]!);
      const scale = squared ? 2 * loss : 1;
      const inGamma = scale * (loss / size + throughState);
      this.network.addGradient(t, span * inGamma, (scale * loss * span) / (size * this.logSnrRate(t)), out);
    }
    return { value, gradient: out };
  }

  /**
   * Takes step `step` (from 1) of Adam on the gradient over the running mean of the objective. Without that, Adam would
   * long remember the first losses, which are thousands of times the later ones. Takes none where the gradient is not
   * finite. The weights before the step go into the EMA.
   */
  update({ value, gradient }: ScheduleObjective, learningRate: number, step: number): void {
    const { weights, firstMoment, secondMoment, ema } = this;
    this.previous.set(weights);
    if (ema) {
      const decay = emaDecayAt(this.emaDecay, step - 1);
      weights.forEach((weight, k) => (ema[k] = decay * ema[k]! + (1 - decay) * weight));
    }
    if (!gradient.every(Number.isFinite)) return;
    const mean = this.meanObjective;
    this.meanObjective = Number.isNaN(mean) ? value : MEAN_DECAY * mean + (1 - MEAN_DECAY) * value;
    const [c1, c2] = [learningRate / (1 - BETA1 ** step), 1 / (1 - BETA2 ** step)];
    gradient.forEach((raw, k) => {
      const g = this.meanObjective > 0 ? raw / this.meanObjective : 0;
      firstMoment[k] = BETA1 * firstMoment[k]! + (1 - BETA1) * g;
      secondMoment[k] = BETA2 * secondMoment[k]! + (1 - BETA2) * g * g;
      const next = weights[k]! - (c1 * firstMoment[k]) / (Math.sqrt(c2 * secondMoment[k]) + EPSILON);
      weights[k] = Math.max(-RAW_LIMIT, Math.min(RAW_LIMIT, next));
    });
    this.updateCurve();
  }

  /** Takes the last step back. The moments and the EMA stay. */
  undoStep(): void {
    this.weights.set(this.previous);
    this.updateCurve();
  }

  /** The weights that a run keeps. */
  tensors(): Tensors {
    return { [scheduleNames.weights]: tensor(this.predictionWeights) };
  }

  /** All that the next step begins with. */
  state(): Tensors {
    const { weights, previous, firstMoment, secondMoment, meanObjective, ema } = this;
    return {
      [scheduleNames.weights]: tensor(weights),
      [scheduleNames.previous]: tensor(previous),
      [scheduleNames.firstMoment]: tensor(firstMoment),
      [scheduleNames.secondMoment]: tensor(secondMoment),
      [scheduleNames.meanObjective]: tensor(Float64Array.of(meanObjective)),
      ...(ema && { [scheduleNames.ema]: tensor(ema) }),
    };
  }

  private updateCurve(): void {
    this.network = new Monotone(this.weights);
    this.curve = learnedCurve(this.network, this.from, this.to);
  }
}

const tensor = (values: Float64Array): Tensor => ({ shape: [values.length], values: values.slice() });
