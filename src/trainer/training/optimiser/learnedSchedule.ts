import type { Experiment } from '../../../core/experiment/experiment';
import type { ScheduleEntry } from '../../../core/schedules/entrySchema';
import { learnsSchedule } from '../../../core/experiment/learnedSchedule';
import type { ScheduleLoss } from '../../../core/models';
import type { Schedule } from '../../../core/schedules';
import { learnedCurve, RAW_LIMIT } from '../../../core/schedules/learned';
import { Monotone } from '../../../core/schedules/monotone';
import { sigmoid } from '../../../core/math/stable';
import { emaDecayAt } from './adam';
import type { Tensors } from '../../network/tensors';
import type { Tensor } from '../../network/tensors';

/** The raw parameters of a learned schedule's network, with Adam's moments: all that goes on from one step to the next. */
export interface ScheduleState {
  readonly weights: Float64Array;
  readonly firstMoment: Float64Array;
  readonly secondMoment: Float64Array;
  /** The running mean of the objective. */
  readonly meanObjective: number;
  /** The average of the weights, where one is kept. */
  readonly ema?: Float64Array | undefined;
}

/** A batch after the network's backward pass; z_T, the noise and the slope are size x outputs, row-major. */
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

/** What a schedule is trained to make small, over a batch, and its gradient in the weights. */
export interface ScheduleObjective {
  readonly value: number;
  readonly gradient: Float64Array;
}

/** Settings of Adam (Kingma and Ba, arXiv 1412.6980), as for the network, and how much of the objective's mean a step keeps. */
const [BETA1, BETA2, EPSILON, MEMORY] = [0.9, 0.999, 1e-8, 0.99];

/**
 * A schedule between fixed ends whose network (`Monotone`) is trained beside the model, in double precision. As a schedule
 * it always is the one of its weights now.
 */
export class LearnedSchedule implements Schedule {
  readonly weights: Float64Array;
  /** Their average over the steps, as `Learner` has one of the network's, where one is kept. */
  private readonly ema: Float64Array | undefined;
  /** The weights before the last step. */
  private readonly previous: Float64Array;
  private readonly firstMoment: Float64Array;
  private readonly secondMoment: Float64Array;
  private meanObjective: number;
  private readonly from: number;
  private readonly to: number;
  private curve: Schedule;
  private network: Monotone;

  /**
   * `entry` is of the family learned; `saved` takes the place of its weights. `averaging` is the share of the average
   * that a step keeps, 0 for no average.
   */
  constructor(
    { params, inputs }: Pick<ScheduleEntry, 'params' | 'inputs'>,
    private readonly loss: ScheduleLoss,
    saved?: ScheduleState,
    private readonly averaging = 0,
  ) {
    this.weights = Float64Array.from(saved?.weights ?? (inputs.weights as readonly number[]));
    this.previous = this.weights.slice();
    if (averaging) this.ema = (saved?.ema ?? this.weights).slice();
    const { length } = this.weights;
    this.firstMoment = saved?.firstMoment.slice() ?? new Float64Array(length);
    this.secondMoment = saved?.secondMoment.slice() ?? new Float64Array(length);
    this.meanObjective = saved?.meanObjective ?? NaN;
    [this.from, this.to] = [params.gammaMin!, params.gammaMax!];
    this.network = new Monotone(this.weights);
    this.curve = learnedCurve(this.network, this.from, this.to);
  }

  /** The weights that states are carried by: their average, where one is kept. */
  get predictionWeights(): Float64Array {
    return this.ema ?? this.weights;
  }

  readonly logSnr = (t: number): number => this.curve.logSnr(t);
  readonly logSnrRate = (t: number): number => this.curve.logSnrRate(t);

  /**
   * The objective over a batch of rows with losses L_i = 1/2 SNR'(t_i) |u - z_T|^2: the mean of L_i, or the mean of L_i^2, which is the variance over t plus a constant, for the mean is half the integral of E|u - z_T|^2 dSNR
   * (Kingma et al., VDM, 2021). gamma acts through the weight and through z_t = sqrt(alphaBar) z_T + sqrt(1 - alphaBar) eps, gamma'
   * through the weight. Neither the KL term at t = 0 nor the read-out at t = 1 depends on the weights: the ends are fixed.
   */
  objective({
    size,
    outputs,
    times,
    errors,
    weights,
    targets,
    noise,
    stateGradient,
  }: ScheduleBatch): ScheduleObjective {
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
      let along = 0;
      for (let j = i * outputs; j < (i + 1) * outputs; j++)
        along += stateGradient[j]! * (inSignal * targets[j]! + inNoise * noise[j]!);
      const scale = squared ? 2 * loss : 1;
      const inGamma = scale * (loss / size + along);
      this.network.addGradient(t, span * inGamma, (scale * loss * span) / (size * this.logSnrRate(t)), out);
    }
    return { value, gradient: out };
  }

  /**
   * Takes step `step` (from 1) of Adam on the gradient over the running mean of the objective: Adam would long remember the
   * size of the first losses, which are thousands of times those that follow. What is not finite leaves the weights as they
   * are. The average takes in the weights as they were before the step.
   */
  update({ value, gradient }: ScheduleObjective, rate: number, step: number): void {
    const { weights, firstMoment, secondMoment, ema } = this;
    this.previous.set(weights);
    if (ema) {
      const decay = emaDecayAt(this.averaging, step - 1);
      weights.forEach((value, k) => (ema[k] = decay * ema[k]! + (1 - decay) * value));
    }
    if (!gradient.every(Number.isFinite)) return;
    this.meanObjective = Number.isNaN(this.meanObjective) ? value : MEMORY * this.meanObjective + (1 - MEMORY) * value;
    const [c1, c2] = [rate / (1 - BETA1 ** step), 1 / (1 - BETA2 ** step)];
    gradient.forEach((raw, k) => {
      const g = this.meanObjective > 0 ? raw / this.meanObjective : 0;
      firstMoment[k] = BETA1 * firstMoment[k]! + (1 - BETA1) * g;
      secondMoment[k] = BETA2 * secondMoment[k]! + (1 - BETA2) * g * g;
      const next = weights[k]! - (c1 * firstMoment[k]) / (Math.sqrt(c2 * secondMoment[k]) + EPSILON);
      weights[k] = Math.max(-RAW_LIMIT, Math.min(RAW_LIMIT, next));
    });
    this.draw();
  }

  /** Takes the last step back; the moments and the average stay. */
  undoStep(): void {
    this.weights.set(this.previous);
    this.draw();
  }

  /** The weights that answer, as a run keeps them. */
  tensors(): Tensors {
    return { [WEIGHTS]: tensor(this.predictionWeights) };
  }

  /** All that the next step begins with. */
  state(): Tensors {
    const { weights, firstMoment, secondMoment, meanObjective, ema } = this;
    return {
      [WEIGHTS]: tensor(weights),
      [FIRST]: tensor(firstMoment),
      [SECOND]: tensor(secondMoment),
      [SCALE]: tensor(Float64Array.of(meanObjective)),
      ...(ema && { [AVERAGE]: tensor(ema) }),
    };
  }

  /** The curve of the weights as they are. */
  private draw(): void {
    this.network = new Monotone(this.weights);
    this.curve = learnedCurve(this.network, this.from, this.to);
  }
}

/** Names in a run's files. */
const [WEIGHTS, FIRST, SECOND] = ['schedule.weights', 'schedule.first', 'schedule.second'] as const;
const [SCALE, AVERAGE] = ['schedule.scale', 'schedule.average'] as const;

const tensor = (values: Float64Array): Tensor => ({ shape: [values.length], values: values.slice() });

/** The state of a schedule among that of a training. */
export const scheduleStateOf = (state: Tensors): ScheduleState => {
  const part = (name: string) => state[name]!.values as Float64Array;
  const average = state[AVERAGE] && part(AVERAGE);
  return {
    weights: part(WEIGHTS),
    firstMoment: part(FIRST),
    secondMoment: part(SECOND),
    meanObjective: part(SCALE)[0]!,
    ema: average,
  };
};

/** The named parameters that an experiment's schedule has where it is trained with the model. */
export const scheduleShapes = (experiment: Experiment): Readonly<Record<string, readonly number[]>> =>
  learnsSchedule(experiment)
    ? { [WEIGHTS]: [(experiment.schedules[0]!.inputs.weights as readonly number[]).length] }
    : {};

/** The weights of the schedule among a run's parameters; undefined where it was not trained. */
export const scheduleWeights = (parameters: Readonly<Record<string, ArrayLike<number>>>) => parameters[WEIGHTS];

/** The experiment with other weights of its first schedule; as it is where there are none. */
export function withScheduleWeights(experiment: Experiment, weights: ArrayLike<number> | undefined): Experiment {
  if (!weights) return experiment;
  const [first, ...rest] = experiment.schedules as readonly [ScheduleEntry, ...ScheduleEntry[]];
  const inputs = { ...first.inputs, weights: Array.from(weights) };
  return { ...experiment, schedules: [{ ...first, inputs }, ...rest] };
}
