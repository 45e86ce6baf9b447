import { rowOf } from '../registry/parameters';
import { adamsBashforth2 } from './adamsBashforth2';
import { adamsBashforth4 } from './adamsBashforth4';
import { bogackiShampine } from './bogackiShampine';
import { dormandPrince } from './dormandPrince';
import { dpmpp2m } from './dpmpp2m';
import { dpmpp2s } from './dpmpp2s';
import { dpmpp3m } from './dpmpp3m';
import { euler } from './euler';
import { eulerMaruyama } from './eulerMaruyama';
import { exponential1 } from './exponential1';
import { exponential2 } from './exponential2';
import { exponential3 } from './exponential3';
import { heun } from './heun';
import type { Integrator } from './integrator';
import { midpoint } from './midpoint';
import { posteriorStep } from './posteriorStep';
import { ralston } from './ralston';
import { rk4 } from './rk4';
import { rk4Eighths } from './rk4Eighths';
import { sra1 } from './sra1';
import { timeMidpoint } from './timeMidpoint';
import { tsitouras } from './tsitouras';
import { unipc2 } from './unipc2';

/** Every method, in the order the pickers show. A new one is a file beside this and a row here. */
export const integrators: readonly Integrator[] = [
  euler,
  timeMidpoint,
  midpoint,
  heun,
  ralston,
  rk4,
  rk4Eighths,
  bogackiShampine,
  dormandPrince,
  tsitouras,
  adamsBashforth2,
  adamsBashforth4,
  exponential1,
  exponential2,
  exponential3,
  dpmpp2s,
  dpmpp2m,
  dpmpp3m,
  unipc2,
  posteriorStep,
  eulerMaruyama,
  sra1,
];

export const integratorIds = integrators.map((row) => row.id);

/** The method of this id; an InputError that lists the known ids where there is none. */
export const integratorOf = (id: string): Integrator => rowOf('integrator', integrators, id);

export { FEW_STEPS, finalSteps, finalTitle, lastStepOf, settledFinal } from './finalStep';
export type { FinalChoice, FinalId, LastStep } from './finalStep';
export { integrateAdaptive } from './adaptive';
export { solve } from './controller';
export { integrate, integrating } from './integrate';
export { refusal } from './integrator';
export { runToEnd, timed } from './yielder';
export { pairOf } from './tableau';
export { MOST_LINES, writtenSteps } from './writtenSteps';
export type { AdaptiveIntegration, AdaptiveSolution } from './adaptive';
export type { AdaptiveOutcome, AdaptiveProblem, Tolerance } from './controller';
export type { Integration, Solution } from './integration';
export type { StepLine } from './writtenSteps';
export type { Draw, FlowTraits, Integrator, Ode, Requirement } from './integrator';
