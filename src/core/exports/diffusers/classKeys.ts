import type { Experiment } from '../../experiment/experiment';
import type { GridEntry } from '../../grids/entry';
import type { ScheduleEntry } from '../../schedules/entrySchema';
import { tableKeys } from './betaTable';
import { flowShift, levelKeys, SOLVERS } from './config';
import type { Aspect } from './differences';
import { part, type Keys, type Part } from './part';

/** Whether a class has a key. */
type Takes = (key: string) => boolean;

const LEVEL_ENDS = ['sigma_min', 'sigma_max'];

/** The keys of each aspect, whichever class has them. Those of a level's ends space the steps of a table. */
export const aspectKeys = (takes: Takes): Readonly<Record<Aspect, readonly string[]>> => ({
  schedule: [
    ...['trained_betas', 'beta_schedule', 'beta_start', 'beta_end', 'rescale_betas_zero_snr', 'snr_shift_scale'],
    ...['shift', 'flow_shift', 'use_flow_sigmas', 'use_dynamic_shifting', 'beta_min', 'beta_max', 's', 'scaler'],
    ...['rho', 'sigma_schedule', ...(takes('use_karras_sigmas') ? [] : LEVEL_ENDS)],
  ],
  grid: [
    ...['timestep_spacing', 'steps_offset', 'shift_terminal', 'use_karras_sigmas', 'use_exponential_sigmas'],
    ...[
      'use_beta_sigmas',
      'use_lu_lambdas',
      'original_inference_steps',
      ...(takes('use_karras_sigmas') ? LEVEL_ENDS : []),
    ],
  ],
  method: ['solver_order', 'algorithm_type', 'solver_type', 'predict_x0'],
  dynamics: [],
});

/** The schedule in the keys of a class; undefined where the class has none for it. */
export function scheduleKeys(entry: ScheduleEntry, takes: Takes): Part | undefined {
  const { id, params, modifiers } = entry;
  const shift = flowShift(entry);
  if (shift !== undefined && takes('shift')) return part({ shift });
  if (shift !== undefined && takes('flow_shift'))
    return part({ use_flow_sigmas: true, flow_shift: shift, prediction_type: 'flow_prediction' });
  const plain = modifiers.length === 0;
  if (takes('beta_start')) {
    const { keys, lost } = tableKeys(entry);
    const unshifted = takes('snr_shift_scale') && !('snr_shift_scale' in keys);
    return part({ ...keys, ...(unshifted && { snr_shift_scale: 1 }) }, ...lost);
  }
  if (plain && id === 'edm' && takes('rho'))
    return part({ sigma_min: params.sigmaMin, sigma_max: params.sigmaMax, rho: params.rho });
  if (plain && id === 'linear-gamma' && takes('sigma_min')) {
    const ends = { sigma_min: Math.exp(-params.gammaMax! / 2), sigma_max: Math.exp(-params.gammaMin! / 2) };
    return part({ ...ends, ...(takes('sigma_schedule') && { sigma_schedule: 'exponential' }) });
  }
  if (plain && id === 'linear-beta' && takes('beta_min'))
    return part({ beta_min: params.betaMin, beta_max: params.betaMax });
  return undefined;
}

/** The step grid in the keys that classes have for it; undefined where they have none. */
function gridKeys(grid: GridEntry, takes: Takes, flow: boolean): Keys | undefined {
  const { id, params } = grid;
  if (id === 'flow-terminal') return { shift_terminal: params.terminal };
  const levels = levelKeys(grid, takes('beta_start') ? 0 : 1);
  if (levels) return levels;
  if (id === 'distilled') return takes('original_inference_steps') ? { original_inference_steps: params.taught } : undefined; // prettier-ignore
  if (id === 'uniform-t' || id === 'even-times') return {};
  if (id === 'linspace' && flow) return {};
  const spaced = ['leading', 'linspace', 'trailing'].includes(id) && takes('timestep_spacing');
  return spaced ? { timestep_spacing: id, ...(id === 'leading' && { steps_offset: params.offset }) } : undefined;
}

/** The method in the keys of a multistep class. */
const METHODS: Readonly<Record<string, Keys>> = {
  ...SOLVERS,
  'exponential-1': { algorithm_type: 'dpmsolver++', solver_order: 1 },
  'posterior-step': { algorithm_type: 'sde-dpmsolver++', solver_order: 1 },
};

const partOf = (keys: Keys | undefined) => keys && part(keys);

/** What is written for one aspect of an experiment in the keys of a class; undefined where it has none for it. */
export function keysFor(aspect: Aspect, { schedules, grid, integrator }: Experiment, takes: Takes): Part | undefined {
  const whole = {
    schedule: () => scheduleKeys(schedules[0]!, takes),
    grid: () => partOf(gridKeys(grid, takes, schedules[0]!.id === 'rectified-flow')),
    method: () => partOf(METHODS[integrator.id]),
    dynamics: () => undefined,
  }[aspect]();
  return whole && part(Object.fromEntries(Object.entries(whole.keys).filter(([key]) => takes(key))), ...whole.lost);
}
