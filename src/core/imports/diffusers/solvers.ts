import { quoted } from '../../registry/quoted';
import { InputError } from '../../registry/problem';
import type { Config } from '../config';
import type { Described } from '../import';

type Method = Described['integrator'];

/** The method of a class; undefined where no method of the lab is near. */
export type Solver = (config: Config) => Method;

const WINDOW = 'the steps end where the window does';

/** A method that is exactly what the class does in one step. */
export const exactly =
  (id: string, noise = false): Solver =>
  () => ({ id, noise });

/** The nearest method, and how it differs. */
export const nearest =
  (id: string, how: string, noise = false): Solver =>
  (config) => {
    config.assume('integrator', id, `the nearest method: ${how}`);
    return { id, noise };
  };

/** No method: the class's steps are of another kind. */
export const none =
  (why: string): Solver =>
  (config) => {
    config.assume('integrator', 'that of a new experiment', why);
    return undefined;
  };

const order = (config: Config, key = 'solver_order') => config.number(key, { min: 1, max: 20, integer: true }, 'order of the method'); // prettier-ignore

/** What the last steps do, which the methods of the lab do not. */
function lastSteps(config: Config): void {
  config.off(['lower_order_final', 'euler_at_final'], 'the methods of the lab keep their order in the last step');
  config.off(['final_sigmas_type'], WINDOW);
}

const MULTISTEP = ['exponential-1', 'dpmpp-2m', 'dpmpp-3m'] as const;
const SINGLESTEP = ['exponential-1', 'dpmpp-2s', 'exponential-3'] as const;

/** DPM-Solver and DPM-Solver++ by order, deterministic or not; `ids` are those of orders 1 to 3. */
const dpm =
  (ids: readonly string[], title: string): Solver =>
  (config) => {
    const types = ['dpmsolver++', 'dpmsolver', 'sde-dpmsolver++', 'sde-dpmsolver', 'deis'] as const;
    const type = config.peek('algorithm_type') === undefined ? 'dpmsolver++' : config.choice('algorithm_type', types, 'the method'); // prettier-ignore
    const wanted = order(config);
    lastSteps(config);
    config.off(['solver_type'], 'the lab has one form of each order');
    if (wanted > 3) throw new InputError(`solver_order must be 1, 2 or 3: got ${quoted(wanted)}`);
    if (type.startsWith('sde'))
      return wanted === 1
        ? { id: 'posterior-step', noise: true }
        : nearest('posterior-step', `${type} of order ${wanted} is not there; this is its order 1`, true)(config);
    const id = ids[wanted - 1]!;
    if (type === 'dpmsolver' && wanted > 1) return nearest(id, 'dpmsolver holds the noise on a line, dpmsolver++ the data')(config); // prettier-ignore
    if (id === 'exponential-3') return nearest(id, `${title} is not there`)(config);
    return { id, noise: false };
  };

export const dpmMultistep = dpm(MULTISTEP, 'DPM-Solver++(3M)');
export const dpmSinglestep = dpm(SINGLESTEP, 'DPM-Solver++(3S)');

/** The stochastic multistep method of Stable Audio and CogVideoX. */
export const stochasticMultistep: Solver = (config) => {
  if (config.peek('solver_order') !== undefined) order(config);
  lastSteps(config);
  config.off(['solver_type'], 'the lab has one form of each order');
  return nearest('posterior-step', 'SDE-DPM-Solver++(2M) is not there; this is its order 1', true)(config);
};

export const deis: Solver = (config) => {
  const wanted = Math.min(order(config), 3);
  lastSteps(config);
  config.off(['solver_type', 'algorithm_type'], 'the lab has one form of each order');
  if (wanted === 1) return { id: 'exponential-1', noise: false };
  return nearest(MULTISTEP[wanted - 1]!, 'DEIS holds the noise on a polynomial, this the data')(config);
};

export const uniPc: Solver = (config) => {
  const wanted = order(config);
  lastSteps(config);
  config.off(['predict_x0', 'solver_type', 'disable_corrector', 'solver_p'], 'the lab has B(h) = exp(h) - 1 on the data, with its corrector'); // prettier-ignore
  return wanted === 2
    ? { id: 'unipc-2', noise: false }
    : nearest('unipc-2', `UniPC of order ${wanted} is not there`)(config);
};

export const saSolver: Solver = (config) => {
  config.off(['predictor_order', 'corrector_order', 'tau_func', 'predict_x0', 'algorithm_type', 'lower_order_final'], 'SA-Solver is not there'); // prettier-ignore
  config.off(['final_sigmas_type'], WINDOW);
  return nearest('posterior-step', 'SA-Solver is a stochastic Adams method; this is its order 1', true)(config);
};
