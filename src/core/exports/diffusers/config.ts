import type { Experiment } from '../../experiment/experiment';
import type { GridEntry } from '../../grids/entry';
import type { ScheduleEntry } from '../../schedules/entrySchema';
import { tableKeys } from './betaTable';
import { part, ROWS, type Keys, type Part } from './part';

/** The class that takes the steps of an integrator, of those with a table of betas. */
export const SOLVERS: Readonly<Record<string, Keys>> = {
  'exponential-1': { _class_name: 'DDIMScheduler' },
  'posterior-step': { _class_name: 'DDPMScheduler' },
  'dpmpp-2m': { _class_name: 'DPMSolverMultistepScheduler', algorithm_type: 'dpmsolver++', solver_order: 2 },
  'dpmpp-3m': { _class_name: 'DPMSolverMultistepScheduler', algorithm_type: 'dpmsolver++', solver_order: 3 },
  'unipc-2': { _class_name: 'UniPCMultistepScheduler', solver_order: 2, predict_x0: true },
};

/** The key that spaces noise levels as a grid does, with the grid's parameter that the classes fix. */
const LEVELS: Readonly<Record<string, readonly [key: string, fixed: Readonly<Record<string, number>>]>> = {
  'karras-sigmas': ['use_karras_sigmas', { rho: 7 }],
  'exponential-sigmas': ['use_exponential_sigmas', {}],
  'beta-sigmas': ['use_beta_sigmas', { a: 0.6 }],
};

const gridLost = (id: string, taken: string) => `the step grid ${id}: the class takes ${taken}`;

/** The noise levels of a grid by the classes' own switch, with their ends; undefined where they have none of this kind. */
export function levelKeys({ id, params }: GridEntry, flow: 0 | 1): Keys | undefined {
  const [key, fixed] = LEVELS[id] ?? [];
  const fits = key && params.flow === flow && Object.entries(fixed!).every(([name, value]) => params[name] === value);
  const { sigmaMin, sigmaMax } = params;
  const ends = { ...(sigmaMin && { sigma_min: sigmaMin }), ...(sigmaMax && { sigma_max: sigmaMax }) };
  return fits ? { [key]: true, ...ends } : undefined;
}

/** How the steps of a table are spaced. */
function tableSpacing(grid: GridEntry, multistep: boolean): Part {
  const { id, params } = grid;
  const levels = levelKeys(grid, 0);
  if (levels && multistep) return part(levels);
  if (id === 'trailing') return part({ timestep_spacing: id });
  if (id !== 'leading' && id !== 'linspace')
    return part({ timestep_spacing: 'trailing' }, gridLost(id, 'trailing rows'));
  const keys = { timestep_spacing: id, ...(id === 'leading' && { steps_offset: params.offset }) };
  const lost =
    params.spare === Number(multistep) ? [] : [`spare ${params.spare} of the step grid: the class has its own`];
  const between = params.whole === 0 ? ['the places of steps between two rows: the class rounds them'] : [];
  return part(keys, ...lost, ...between);
}

function tableConfig(experiment: Experiment, entry: ScheduleEntry): Part {
  const { id } = experiment.integrator;
  const table = tableKeys(entry);
  const shifted = 'snr_shift_scale' in table.keys;
  const own = shifted && id === 'exponential-1' ? { _class_name: 'CogVideoXDDIMScheduler' } : SOLVERS[id];
  const refused = own === undefined || (shifted && id !== 'exponential-1');
  const fallback = shifted ? 'CogVideoXDDIMScheduler' : 'DDIMScheduler';
  const solver = refused ? { _class_name: fallback } : own;
  const spacing = tableSpacing(experiment.grid, 'solver_order' in solver);
  const rows = experiment.grid.params.rows;
  const others = rows !== undefined && rows !== table.keys.num_train_timesteps;
  return part(
    { ...solver, ...table.keys, ...spacing.keys, prediction_type: 'sample' },
    ...table.lost,
    ...(refused ? [`the integrator ${id}: ${fallback} takes the exact step`] : []),
    ...spacing.lost,
    ...(others ? [`the ${rows} rows of the step grid: the table has ${String(table.keys.num_train_timesteps)}`] : []),
  );
}

/** Straight lines with a shift, m = 1 being none. */
function flowConfig({ grid, integrator }: Experiment, shift: number): Part {
  const { id, params } = grid;
  const spacing = id === 'flow-terminal' ? { shift_terminal: params.terminal } : levelKeys(grid, 1);
  const own = id === 'linspace' && params.whole === 0 && params.spare === 0;
  const rows = id === 'flow-terminal' || own ? params.rows : ROWS;
  return part(
    { _class_name: 'FlowMatchEulerDiscreteScheduler', num_train_timesteps: rows, shift, ...spacing },
    ...(spacing || own ? [] : [gridLost(id, 'sigmas even before the shift, from 1 to 1/1000')]),
    ...(integrator.id === 'exponential-1' ? [] : [`the integrator ${integrator.id}: the class takes the exact step`]),
  );
}

/** Noise levels from sigma_max to sigma_min. */
function edmConfig({ grid, integrator }: Experiment, levels: Keys): Part {
  const { _class_name: solver, ...method } = SOLVERS[integrator.id] ?? {};
  const multistep = solver === 'DPMSolverMultistepScheduler';
  return part(
    {
      _class_name: multistep ? 'EDMDPMSolverMultistepScheduler' : 'EDMEulerScheduler',
      ...(multistep && method),
      ...levels,
    },
    ...(grid.id === 'uniform-t' ? [] : [gridLost(grid.id, 'levels even in t')]),
    ...(multistep || solver === 'DDIMScheduler'
      ? []
      : [`the integrator ${integrator.id}: the class takes the exact step`]),
  );
}

/** The shift of straight lines, that of every modifier counted; undefined for another schedule. */
export const flowShift = ({ id, params, modifiers }: ScheduleEntry): number | undefined =>
  id === 'rectified-flow' && modifiers.every((one) => one.id === 'sd3')
    ? modifiers.reduce((m, one) => m * one.params.m!, params.shift!)
    : undefined;

/** The configuration of the experiment's first schedule with its grid and integrator, and what it does not hold. */
export function freshConfig(experiment: Experiment): Part {
  const [entry, ...others] = experiment.schedules as readonly [ScheduleEntry, ...ScheduleEntry[]];
  const { id, params, modifiers } = entry;
  const { dynamics, integrator } = experiment;
  const plain = modifiers.length === 0;
  const shift = flowShift(entry);
  const read = () => {
    if (shift !== undefined) return flowConfig(experiment, shift);
    if (id === 'edm' && plain)
      return edmConfig(experiment, { sigma_min: params.sigmaMin, sigma_max: params.sigmaMax, rho: params.rho });
    return tableConfig(experiment, entry);
  };
  const { keys, lost } = read();
  const natural = dynamics.id === (integrator.id === 'posterior-step' ? 'noprop-forward' : 'probability-flow');
  return part(
    keys,
    ...lost,
    ...(natural ? [] : [`the dynamics ${dynamics.id}: the class has its own`]),
    ...(others.length ? ['all schedules but the first'] : []),
  );
}
