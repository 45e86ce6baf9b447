import { FEW_STEPS, type FinalId } from '../../integrators';
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

/** What the last steps do, of a class whose methods take none of their own here. */
function lastSteps(config: Config): void {
  config.off(['lower_order_final', 'euler_at_final'], 'this method uses no earlier steps');
  config.off(['final_sigmas_type'], WINDOW);
}

const LAST = 'the last step';

/** How a class of several steps takes its last one: it is first-order where a key says so, or the noise ends at none. */
function lastStepOf(config: Config): FinalId {
  const isZero = config.peek('final_sigmas_type') === 'zero';
  const euler = config.flag('euler_at_final', `${LAST} is first-order`);
  const lower = config.flag('lower_order_final', `${LAST} is first-order with fewer than ${FEW_STEPS} steps`);
  if (config.has('final_sigmas_type')) config.use('final_sigmas_type', isZero ? `${LAST} is first-order` : `${LAST} ends at the smallest noise`); // prettier-ignore
  if (euler || isZero) return 'lower-order';
  return lower ? 'lower-order-under' : 'to-end';
}

const MULTISTEP = ['exponential-1', 'dpmpp-2m', 'dpmpp-3m'] as const;
const SINGLESTEP = ['exponential-1', 'dpmpp-2s', 'exponential-3'] as const;

const TYPES = ['dpmsolver++', 'dpmsolver', 'sde-dpmsolver++', 'sde-dpmsolver', 'deis'] as const;

/** The forms of order 2; the classes take those of DEIS and UniPC for midpoint. */
const FORMS = ['midpoint', 'heun', 'logrho', 'bh1', 'bh2'] as const;

/** Orders 1 to 3. An InputError names another one. */
function smallOrder(config: Config): 1 | 2 | 3 {
  const wanted = order(config);
  if (wanted > 3) throw new InputError(`solver_order must be 1, 2 or 3: got ${quoted(wanted)}`);
  return wanted as 1 | 2 | 3;
}

/** Whether a method of order 2 has the form heun; the form matters in this order alone. */
function heunForm(config: Config, wanted: number): boolean {
  const form = config.choice('solver_type', FORMS, 'the form of order 2');
  if (wanted === 2) return form === 'heun';
  config.ignore(['solver_type'], 'it chooses the form of order 2 alone');
  return false;
}

/** The SDE's method: order 1 of sde-dpmsolver++ is the posterior step. */
function stochastic(config: Config, type: string, wanted: number): Method {
  if (type === 'sde-dpmsolver++' && wanted === 1) return { id: 'posterior-step', noise: true };
  const how = wanted === 1 ? 'sde-dpmsolver holds the noise, this the data' : `${type} of order ${wanted} is not there; this is order 1 of sde-dpmsolver++`; // prettier-ignore
  return nearest('posterior-step', how, true)(config);
}

/** The deterministic method of an order in the multistep form. */
function multistepOf(config: Config, type: string, wanted: 1 | 2 | 3): Method {
  const heun = heunForm(config, wanted);
  const id = MULTISTEP[wanted - 1]!;
  if (type === 'dpmsolver' && wanted > 1) return nearest(id, 'dpmsolver holds the noise on a line, this the data')(config); // prettier-ignore
  if (heun) return nearest('exponential-2', 'the form heun is this from the second step on; a step of order 3 starts it here')(config); // prettier-ignore
  return { id, noise: false };
}

/** A method of several steps with the last step of its class; a method of order 1 has no other. */
function withLast(method: Method, wanted: number, config: Config): Method {
  if (wanted > 1) return method && { ...method, final: lastStepOf(config) };
  lastSteps(config);
  return method;
}

const typeOf = (config: Config) => config.choice('algorithm_type', TYPES, 'the method; deis is read as dpmsolver++');

/** DPM-Solver and DPM-Solver++ of several steps by order, deterministic or not. */
export const dpmMultistep: Solver = (config) => {
  const type = typeOf(config);
  const wanted = smallOrder(config);
  if (!type.startsWith('sde')) return withLast(multistepOf(config, type, wanted), wanted, config);
  lastSteps(config);
  config.off(['solver_type'], 'the stochastic method has one form here');
  return stochastic(config, type, wanted);
};

/** The same in one step, whose middle is a row of its own in the class. */
export const dpmSinglestep: Solver = (config) => {
  const type = typeOf(config);
  const wanted = smallOrder(config);
  lastSteps(config);
  if (type.startsWith('sde')) return stochastic(config, type, wanted);
  heunForm(config, wanted);
  const id = SINGLESTEP[wanted - 1]!;
  if (wanted === 1) return { id, noise: false };
  return nearest(id, `the class counts the ${wanted} calls of a step as ${wanted} steps, with the middle at a row of its own`)(config); // prettier-ignore
};

/** The stochastic multistep method of Stable Audio and CogVideoX. */
export const stochasticMultistep: Solver = (config) => {
  if (config.peek('solver_order') !== undefined) order(config);
  lastSteps(config);
  config.off(['solver_type'], 'the lab has one form of each order');
  return nearest('posterior-step', 'SDE-DPM-Solver++(2M) is not there; this is its order 1', true)(config);
};

export const deis: Solver = (config) => {
  const wanted = Math.min(order(config), 3);
  config.off(['solver_type', 'algorithm_type'], 'the lab has one form of each order');
  if (wanted === 1) return withLast({ id: 'exponential-1', noise: false }, 1, config);
  return withLast(nearest(MULTISTEP[wanted - 1]!, 'DEIS holds the noise on a polynomial, this the data')(config), wanted, config); // prettier-ignore
};

export const uniPc: Solver = (config) => {
  const lower = config.flag('lower_order_final', `${LAST} is first-order`);
  config.off(['final_sigmas_type'], WINDOW);
  const method = uniPcMethod(config);
  return method && { ...method, final: lower ? 'lower-order' : 'to-end' };
};

const uniPcMethod: Solver = (config) => {
  const wanted = order(config);
  const form = config.choice(
    'solver_type',
    ['bh1', 'bh2', 'midpoint', 'heun', 'logrho'],
    'B(h); others than bh1 are bh2',
  );
  const data = config.flag('predict_x0', 'the data is held, not the noise');
  const left = config.peek('disable_corrector');
  const everywhere = left === undefined || (Array.isArray(left) && left.length === 0);
  config.off(['disable_corrector'], 'the method corrects every step but the last');
  config.off(['solver_p'], 'a predictor of its own is not there');
  if (wanted !== 2) return nearest('unipc-2', `UniPC of order ${wanted} is not there`)(config);
  if (form === 'bh1') return nearest('unipc-2', 'this has B(h) = exp(h) - 1, which is bh2')(config);
  if (!data) return nearest('unipc-2', 'this holds the data; predict_x0 false holds the noise')(config);
  return everywhere
    ? { id: 'unipc-2', noise: false }
    : nearest('unipc-2', 'this corrects the steps of disable_corrector too')(config);
};

export const saSolver: Solver = (config) => {
  config.off(['predictor_order', 'corrector_order', 'tau_func', 'algorithm_type', 'lower_order_final'], 'SA-Solver is not there'); // prettier-ignore
  return nearest('posterior-step', 'SA-Solver is a stochastic Adams method; this is its order 1', true)(config);
};
