import type { Experiment } from '../experiment/experiment';
import type { GridEntry } from '../grids/entry';
import { softplus } from '../math/stable';
import { InputError } from '../registry/problem';
import { dataFirst } from '../schedules/betas';
import { entryLabel, entrySchedule } from '../schedules/entry';
import type { ScheduleEntry } from '../schedules/entrySchema';
import type { ExportFormat } from './export';

type Keys = Readonly<Record<string, unknown>>;

/** Keys of a configuration, and in words what of the experiment they do not hold. */
interface Part {
  readonly keys: Keys;
  readonly lost: readonly string[];
}

/** Rows of a table that stands for a curve. */
const ROWS = 1000;

/** The class that takes the steps of an integrator, of those with a table of betas. */
const SOLVERS: Readonly<Record<string, Keys>> = {
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

const part = (keys: Keys, ...lost: readonly string[]): Part => ({ keys, lost });

const gridLost = (id: string, taken: string) => `the step grid ${id}: the class takes ${taken}`;

/** The noise levels of a grid by the classes' own switch; undefined where they have none of this kind. */
function levelKeys({ id, params }: GridEntry, flow: 0 | 1): Keys | undefined {
  const [key, fixed] = LEVELS[id] ?? [];
  const fits = key && params.flow === flow && Object.entries(fixed!).every(([name, value]) => params[name] === value);
  return fits ? { [key]: true } : undefined;
}

/** How the steps of a table are spaced. */
function tableSpacing(grid: GridEntry, multistep: boolean): Part {
  const { id, params } = grid;
  const levels = levelKeys(grid, 0);
  if (levels && multistep && !params.sigmaMin && !params.sigmaMax) return part(levels);
  if (id === 'trailing') return part({ timestep_spacing: id });
  if (id !== 'leading' && id !== 'linspace')
    return part({ timestep_spacing: 'trailing' }, gridLost(id, 'trailing rows'));
  const keys = { timestep_spacing: id, ...(id === 'leading' && { steps_offset: params.offset }) };
  const lost =
    params.spare === Number(multistep) ? [] : [`spare ${params.spare} of the step grid: the class has its own`];
  return part(keys, ...lost);
}

/** The betas of a curve at rows i, t = 1 - (i + 1)/N. An InputError where no table of betas has it. */
function sampledBetas(entry: ScheduleEntry): number[] {
  const { logSnr } = entrySchedule(entry);
  const noise = Array.from({ length: ROWS }, (_, i) => softplus(-logSnr(i === ROWS - 1 ? 0 : 1 - (i + 1) / ROWS)));
  return noise.map((delta, i) => {
    const beta = -Math.expm1((noise[i - 1] ?? 0) - delta);
    if (beta > 0 && (beta < 1 || i === ROWS - 1)) return beta;
    const what = beta === 0 ? 'adds no noise' : 'leaves less signal than a beta can say';
    throw new InputError(`a diffusers table cannot hold ${entryLabel(entry)}: row ${i + 1} of ${ROWS} ${what}`);
  });
}

const ids = ({ modifiers }: ScheduleEntry) => modifiers.map(({ id }) => id).join();

/** The chains of modifiers that the keys of a table can say. */
const CHAINS = ['', 'snr-shift', 'zero-terminal-snr', 'snr-shift,zero-terminal-snr'];

/** A table of betas: in its named form where the lab has that too, else the numbers themselves. */
function tableKeys(entry: ScheduleEntry): Part {
  const { id, params, inputs } = entry;
  const { steps, betaStart, betaEnd } = params;
  const named = CHAINS.includes(ids(entry)) && (id === 'discrete' || id === 'betas');
  if (!named)
    return part(
      { num_train_timesteps: ROWS, trained_betas: sampledBetas(entry) },
      `the curve of ${entryLabel(entry)} between the ${ROWS} rows of trained_betas`,
    );
  const scale = entry.modifiers.find((one) => one.id === 'snr-shift')?.params.scale;
  const changes = {
    ...(scale !== undefined && { snr_shift_scale: scale }),
    ...(ids(entry).endsWith('zero-terminal-snr') && { rescale_betas_zero_snr: true }),
  };
  const table = inputs.table as readonly number[];
  return part({
    ...(id === 'discrete'
      ? { num_train_timesteps: steps, beta_schedule: inputs.rule, beta_start: betaStart, beta_end: betaEnd }
      : { num_train_timesteps: table.length, trained_betas: dataFirst(table, inputs.direction) }),
    ...changes,
  });
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
  const rows = id === 'flow-terminal' ? params.rows : ROWS;
  return part(
    { _class_name: 'FlowMatchEulerDiscreteScheduler', num_train_timesteps: rows, shift, ...spacing },
    ...(spacing || id === 'uniform-t' ? [] : [gridLost(id, 'sigmas even before the shift')]),
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

/** The configuration of the experiment's first schedule with its grid and integrator, and what it does not hold. */
function configOf(experiment: Experiment): Part {
  const [entry, ...others] = experiment.schedules as readonly [ScheduleEntry, ...ScheduleEntry[]];
  const { id, params, modifiers } = entry;
  const { dynamics, integrator } = experiment;
  const plain = modifiers.length === 0;
  const shifts = modifiers.every((one) => one.id === 'sd3');
  const read = () => {
    if (id === 'rectified-flow' && shifts)
      return flowConfig(
        experiment,
        modifiers.reduce((m, one) => m * one.params.m!, params.shift!),
      );
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

export const diffusers: ExportFormat = {
  id: 'diffusers',
  title: 'Scheduler of diffusers',
  summary:
    'The first schedule with its steps as scheduler_config.json: in named form where it has one, else as 1000 betas',
  extension: 'json',
  write: (experiment) => JSON.stringify(configOf(experiment).keys, null, 2) + '\n',
  lost: (experiment) => configOf(experiment).lost,
};
