import type { Schedule } from '../schedules';
import { euler } from './euler';
import { exponential1 } from './exponential1';
import type { Integrator } from './integrator';

/** How the last step of a method may be taken, in the order of the pickers. */
export const finalSteps = [
  {
    id: 'auto',
    title: 'As is usual',
    summary: 'First-order in a method that uses earlier steps where the noise ends at none, else as the others',
  },
  { id: 'to-end', title: 'As the others', summary: 'The method itself, to the end' },
  {
    id: 'lower-order',
    title: 'First-order',
    summary:
      'A method that uses earlier steps holds u, or the slope, in its last one (lower_order_final, euler_at_final)',
  },
  {
    id: 'lower-order-under',
    title: 'First-order if there are few',
    summary: 'The same, with fewer than so many steps (diffusers: 15)',
  },
  {
    id: 'euler',
    title: 'First-order in every method',
    summary: 'Also of a method that calls u more than once a step, which saves calls (the Heun of k-diffusion)',
  },
] as const;

export const finalTitle = (id: FinalId): string => finalSteps.find((row) => row.id === id)!.title;

export type FinalId = (typeof finalSteps)[number]['id'];

/** How the last step is taken. */
export interface FinalChoice {
  readonly id: FinalId;
  /** Of lower-order-under: with fewer steps than this. */
  readonly under: number;
}

/** What diffusers holds for few steps. */
export const FEW_STEPS = 15;

/** Whether a schedule ends without any noise: its log-SNR is infinite at t = 1, wherever a window cuts it. */
const endsWithoutNoise = ({ logSnr }: Pick<Schedule, 'logSnr'>): boolean => logSnr(1) === Infinity;

/** A choice as it is run on a schedule: "auto" becomes what it stands for. */
export const settledFinal = (final: FinalChoice, schedule: Pick<Schedule, 'logSnr'>): FinalChoice =>
  final.id === 'auto' ? { ...final, id: endsWithoutNoise(schedule) ? 'lower-order' : 'to-end' } : final;

/** What takes the last of so many steps: the method, its own first-order step, or another method. */
export type LastStep = 'method' | 'first-order' | Integrator;

/**
 * What takes the last of so many steps of a method. First-order by the clock means that u is held fixed over the step;
 * without a clock the slope is.
 */
export function lastStepOf(
  { kind, order, multistep = false }: Pick<Integrator, 'kind' | 'order' | 'multistep'>,
  final: FinalChoice | undefined,
  steps: number,
  schedule: Pick<Schedule, 'logSnr'>,
): LastStep {
  if (!final || kind === 'sde' || order <= 1) return 'method';
  const { id, under } = settledFinal(final, schedule);
  const isLower = id === 'euler' || id === 'lower-order' || (id === 'lower-order-under' && steps < under);
  if (!isLower) return 'method';
  if (multistep) return 'first-order';
  if (id !== 'euler') return 'method';
  return kind === 'exponential' ? exponential1 : euler;
}
