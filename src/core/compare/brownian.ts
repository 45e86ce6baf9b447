import { spread } from '../dynamics';
import type { Draw, Integrator } from '../integrators';
import type { Flow } from '../process/flow';
import type { Random } from '../math/random';
import { timeOf } from '../schedules/window';

/** Brownian paths over fine times. The draws of any method, on some of these times, are computed from them. */
export class Brownian {
  /** steps x size normal numbers: each step's increment, and the part of its integral beside that. */
  private readonly increments: Float64Array;
  private readonly areas: Float64Array;
  private readonly places: ReadonlyMap<number, number>;

  /** `times` ascend; every step has `size` numbers of its own. */
  constructor(
    private readonly times: Float64Array,
    private readonly size: number,
    random: Pick<Random, 'normals'>,
  ) {
    this.increments = random.normals(new Float64Array((times.length - 1) * size));
    this.areas = random.normals(new Float64Array((times.length - 1) * size));
    this.places = new Map(Array.from(times, (t, k) => [t, k]));
  }

  /** What a method draws step by step between times that are all among the fine ones. */
  draws({ draws = [] }: Pick<Integrator, 'draws'>, flow: Flow, times: Float64Array): Pick<Random, 'normals'> {
    let call = 0;
    return {
      normals: (out) => {
        const step = Math.floor(call / draws.length);
        const [from, to] = [this.places.get(times[step]!)!, this.places.get(times[step + 1]!)!];
        out.fill(0);
        this.add(draws[call++ % draws.length]!, flow, from, to, out);
        return out;
      },
    };
  }

  /** Adds to `out` what the fine steps from one to another make of a draw over all of them: a weighted sum of theirs. */
  private add(
    kind: Draw,
    { dynamics, schedule }: Flow,
    from: number,
    to: number,
    out: Float64Array | Float32Array,
  ): void {
    const { times, size, increments, areas } = this;
    const [start, end] = [times[from]!, times[to]!];
    const [length, level] = [end - start, schedule.logSnr(end)];
    const noise = dynamics.noise ?? 0;
    const whole = kind === 'exact' ? spread(noise, schedule.logSnr(start), level) || 1 : 1;
    for (let j = from; j < to; j++) {
      const h = times[j + 1]! - times[j]!;
      let [weight, beside] = [Math.sqrt(h / length), 0];
      if (kind === 'exact') {
        const [left, right] = [schedule.logSnr(times[j]!), schedule.logSnr(times[j + 1]!)];
        weight = (dynamics.clock!.retain(right, level) * spread(noise, left, right)) / whole;
      } else if (kind === 'area') {
        // The integral of W over the step: what W gains in a part is there for the rest of it, and for half of the part.
        beside = (h / length) ** 1.5;
        weight = Math.sqrt(3) * ((2 * Math.sqrt(h) * (end - times[j + 1]! + h / 2)) / length ** 1.5 - weight);
      }
      const at = j * size;
      for (let i = 0; i < size; i++) out[i]! += weight * increments[at + i]!;
      if (beside) for (let i = 0; i < size; i++) out[i]! += beside * areas[at + i]!;
    }
  }
}

/** Times with every step divided into so many parts of equal log-SNR, or of equal time where that is not finite. */
export function divided({ schedule }: Flow, times: Float64Array, parts: number): Float64Array {
  const out = new Float64Array((times.length - 1) * parts + 1);
  for (let k = 0; k + 1 < times.length; k++) {
    const [from, to] = [times[k]!, times[k + 1]!];
    const [start, end] = [schedule.logSnr(from), schedule.logSnr(to)];
    out[k * parts] = from;
    for (let j = 1; j < parts; j++) {
      const share = j / parts;
      // Where gamma is infinite at an end, or flat, equal parts of it are none.
      out[k * parts + j] =
        end > start && Number.isFinite(end - start)
          ? timeOf(schedule, start + (end - start) * share, { start: from, end: to })
          : from + (to - from) * share;
    }
  }
  out[out.length - 1] = times.at(-1)!;
  return out;
}
