import type { Config } from '../config';
import type { Described, ImportOptions } from '../import';
import { flowMatch } from './flow';
import { edmLevels, karrasVe, sineSigmas, trigFlow, varianceExploding, variancePreserving, wuerstchen } from './levels';
import { deis, dpmMultistep, dpmSinglestep, exactly, nearest, none, saSolver, stochasticMultistep, uniPc, type Solver } from './solvers'; // prettier-ignore
import type { RowSpacing } from './spacing';
import { tableClass } from './tableClass';

/** A scheduler class of diffusers: its keys that matter here with their defaults, and how it is read. */
export interface SchedulerClass {
  readonly name: string;
  /** Every key that is looked at; null where the class has no value by default. */
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly solver: Solver;
  read(config: Config, options: ImportOptions): Pick<Described, 'schedule' | 'grid'>;
}

const OLD = { timesteps: null, num_train_timesteps: 1000, trained_betas: null, prediction_type: 'epsilon' };
const DDPM = { ...OLD, beta_start: 0.0001, beta_end: 0.02, beta_schedule: 'linear' };
const KATHERINE = { ...OLD, beta_start: 0.00085, beta_end: 0.012, beta_schedule: 'linear' };
const LATENT = { ...KATHERINE, beta_schedule: 'scaled_linear' };
const SNR = { rescale_betas_zero_snr: false };
const LEADING = { timestep_spacing: 'leading', steps_offset: 0 };
const LINSPACE = { timestep_spacing: 'linspace', steps_offset: 0 };
const LEVELS = { use_karras_sigmas: false, use_exponential_sigmas: false, use_beta_sigmas: false, sigma_min: null, sigma_max: null }; // prettier-ignore
const FINAL = { final_sigmas_type: 'zero' };
const DYNAMIC = { use_dynamic_shifting: false, time_shift_type: 'exponential', base_shift: null, max_shift: null, base_image_seq_len: null, max_image_seq_len: null }; // prettier-ignore
const FLOW_SWITCH = { use_flow_sigmas: false, flow_shift: 1, ...DYNAMIC };
const MULTISTEP = { solver_order: 2, algorithm_type: 'dpmsolver++', solver_type: 'midpoint', lower_order_final: true, euler_at_final: false }; // prettier-ignore
const DPM = { ...MULTISTEP, ...FINAL };
const FLOW = { timesteps: null, num_train_timesteps: 1000, shift: 1, ...DYNAMIC, base_shift: 0.5, max_shift: 1.15, base_image_seq_len: 256, max_image_seq_len: 4096, invert_sigmas: false, shift_terminal: null, ...LEVELS }; // prettier-ignore
const EDM = { sigma_min: 0.002, sigma_max: 80, sigma_data: 0.5, sigma_schedule: 'karras', rho: 7, num_train_timesteps: 1000, prediction_type: 'epsilon', ...FINAL }; // prettier-ignore

const exact: RowSpacing = { spare: 0 };
const multistep: RowSpacing = { spare: 1 };
/** Classes of k-diffusion take points between rows, and levels between the first and the last of them. */
const unrounded: RowSpacing = { spare: 0, between: true };
/** The same with a last row that keeps some signal at zero terminal SNR. */
const TINY = { tinySignal: true } as const;
/** Consistency models take some of the rows on which they were distilled. */
const consistency: RowSpacing = { fixed: 'distilled', spare: 0 };

const ddim = exactly('exponential-1');
const ancestral = exactly('posterior-step', true);
const noSampler = none('consistency models jump to the data and add noise anew');

type Defaults = SchedulerClass['defaults'];

/** A class with a table of betas. */
const table = (name: string, defaults: Defaults, spacing: RowSpacing, solver: Solver): SchedulerClass => ({
  name,
  defaults,
  solver,
  read: tableClass(spacing),
});

/** A class that is read by a function of its own. */
const other = (name: string, defaults: Defaults, read: SchedulerClass['read'], solver: Solver): SchedulerClass => ({ name, defaults, read, solver }); // prettier-ignore

/** Every class, in the order of the guide's table. A new one is a row here. */
export const schedulerClasses: readonly SchedulerClass[] = [
  table('DDPMScheduler', { ...DDPM, ...SNR, ...LEADING }, exact, ancestral),
  table('DDPMParallelScheduler', { ...DDPM, ...SNR, ...LEADING }, exact, ancestral),
  table('DDIMScheduler', { ...DDPM, ...SNR, ...LEADING }, exact, ddim),
  table('DDIMParallelScheduler', { ...DDPM, ...SNR, ...LEADING }, exact, ddim),
  table('DDIMInverseScheduler', { ...DDPM, ...SNR, ...LEADING }, exact, ddim),
  table('CogVideoXDDIMScheduler', { ...LATENT, ...SNR, ...LEADING, snr_shift_scale: 3 }, exact, ddim),
  table('CogVideoXDPMScheduler', { ...LATENT, ...SNR, ...LEADING, snr_shift_scale: 3 }, exact, stochasticMultistep),
  table('PNDMScheduler', { ...DDPM, ...LEADING }, exact, nearest('exponential-3', 'PLMS is Adams and Bashforth of order 4 on the noise')), // prettier-ignore
  table('DEISMultistepScheduler', { ...DDPM, ...LINSPACE, ...LEVELS, ...FLOW_SWITCH, solver_order: 2, algorithm_type: 'deis', solver_type: 'logrho', lower_order_final: true }, multistep, deis), // prettier-ignore
  table('DPMSolverMultistepScheduler', { ...DDPM, ...SNR, ...LINSPACE, ...LEVELS, use_lu_lambdas: false, ...FLOW_SWITCH, ...DPM }, { ...multistep, ...TINY }, dpmMultistep), // prettier-ignore
  table('DPMSolverMultistepInverseScheduler', { ...DDPM, ...LINSPACE, ...LEVELS, use_flow_sigmas: false, flow_shift: 1, ...MULTISTEP }, { ...multistep, near: 'this class also takes the least noisy row, and ends at the noisiest' }, dpmMultistep), // prettier-ignore
  table('DPMSolverSinglestepScheduler', { ...DDPM, ...LEVELS, ...FLOW_SWITCH, ...FINAL, solver_order: 2, algorithm_type: 'dpmsolver++', solver_type: 'midpoint', lower_order_final: false }, { fixed: 'linspace', spare: 1 }, dpmSinglestep), // prettier-ignore
  table('DPMSolverSDEScheduler', { ...KATHERINE, ...LINSPACE, ...LEVELS }, unrounded, nearest('posterior-step', 'DPM-Solver of the SDE of order 2 is not there', true)), // prettier-ignore
  table('UniPCMultistepScheduler', { ...DDPM, ...SNR, ...LINSPACE, ...LEVELS, ...FLOW_SWITCH, ...FINAL, solver_order: 2, predict_x0: true, solver_type: 'bh2', lower_order_final: true, disable_corrector: null, solver_p: null }, { ...multistep, ...TINY }, uniPc), // prettier-ignore
  table('SASolverScheduler', { ...DDPM, ...LINSPACE, ...LEVELS, use_flow_sigmas: false, flow_shift: 1, predictor_order: 2, corrector_order: 2, tau_func: null, algorithm_type: 'data_prediction', lower_order_final: true }, multistep, saSolver), // prettier-ignore
  table('EulerDiscreteScheduler', { ...DDPM, ...SNR, ...LINSPACE, ...LEVELS, ...FINAL, timestep_type: 'discrete', interpolation_type: 'linear' }, { ...unrounded, ...TINY }, ddim), // prettier-ignore
  table('EulerAncestralDiscreteScheduler', { ...DDPM, ...SNR, ...LINSPACE }, { ...unrounded, ...TINY }, ancestral),
  table('HeunDiscreteScheduler', { ...KATHERINE, ...LINSPACE, ...LEVELS }, unrounded, nearest('dpmpp-2s', "Heun's method in sigma, with two calls of u a step, is not there")), // prettier-ignore
  table('KDPM2DiscreteScheduler', { ...KATHERINE, ...LINSPACE, ...LEVELS }, unrounded, nearest('dpmpp-2s', 'DPM-Solver-2 in sigma is not there')), // prettier-ignore
  table('KDPM2AncestralDiscreteScheduler', { ...KATHERINE, ...LINSPACE, ...LEVELS }, unrounded, nearest('posterior-step', 'DPM-Solver-2 with noise is not there', true)), // prettier-ignore
  table('LMSDiscreteScheduler', { ...DDPM, ...LINSPACE, ...LEVELS }, unrounded, nearest('exponential-3', 'Adams and Bashforth of order 4 in sigma is not there')), // prettier-ignore
  table('LCMScheduler', { ...LATENT, ...SNR, ...LEADING, original_inference_steps: 50 }, consistency, noSampler),
  table('TCDScheduler', { ...LATENT, ...SNR, ...LEADING, original_inference_steps: 50 }, consistency, noSampler),
  table('UnCLIPScheduler', { ...DDPM, beta_schedule: 'squaredcos_cap_v2' }, { fixed: 'linspace', spare: 0 }, ancestral),
  table('RePaintScheduler', { ...DDPM }, { fixed: 'leading', spare: 0 }, ancestral),
  table('ConsistencyDecoderScheduler', { ...DDPM, beta_schedule: 'squaredcos_cap_v2', num_train_timesteps: 1024 }, { fixed: 'decoder', spare: 0 }, noSampler), // prettier-ignore
  other('DDPMWuerstchenScheduler', { scaler: 1, s: 0.008 }, wuerstchen, ancestral),
  other('IPNDMScheduler', { num_train_timesteps: 1000, trained_betas: null }, sineSigmas, nearest('exponential-3', 'Adams and Bashforth of order 4 on the noise is not there')), // prettier-ignore
  other('FlowMatchEulerDiscreteScheduler', FLOW, flowMatch(true), ddim),
  other('FlowMatchHeunDiscreteScheduler', { timesteps: null, num_train_timesteps: 1000, shift: 1 }, flowMatch(true), nearest('dpmpp-2s', "Heun's method in sigma, with two calls of u a step, is not there")), // prettier-ignore
  other('FlowMatchLCMScheduler', FLOW, flowMatch(true), noSampler),
  other(
    'LTXEulerAncestralRFScheduler',
    FLOW,
    flowMatch(true),
    nearest('posterior-step', 'its noise follows from eta', true),
  ),
  other(
    'FlowMapEulerDiscreteScheduler',
    { timesteps: null, num_train_timesteps: 1000, shift: 1 },
    flowMatch(false),
    noSampler,
  ),
  other('MiniMaxH3Scheduler', { shift: 12 }, flowMatch(false), ddim),
  other('EDMEulerScheduler', EDM, edmLevels, ddim),
  other('EDMDPMSolverMultistepScheduler', { ...EDM, ...DPM }, edmLevels, dpmMultistep),
  other('CosineDPMSolverMultistepScheduler', { ...EDM, ...DPM, sigma_min: 0.3, sigma_max: 500, sigma_data: 1, sigma_schedule: 'exponential', prediction_type: 'v_prediction', algorithm_type: null }, edmLevels, stochasticMultistep), // prettier-ignore
  other('CMStochasticIterativeScheduler', { num_train_timesteps: 40, sigma_min: 0.002, sigma_max: 80, sigma_data: 0.5, rho: 7 }, edmLevels, noSampler), // prettier-ignore
  other('SCMScheduler', { sigma_data: 0.5, prediction_type: 'trigflow' }, trigFlow, noSampler),
  other('KarrasVeScheduler', { sigma_min: 0.02, sigma_max: 100 }, karrasVe, nearest('dpmpp-2s', "Heun's method with added noise is not there")), // prettier-ignore
  other('ScoreSdeVeScheduler', { sigma_min: 0.01, sigma_max: 1348 }, varianceExploding, nearest('posterior-step', 'its corrector is not there', true)), // prettier-ignore
  other('ScoreSdeVpScheduler', { beta_min: 0.1, beta_max: 20 }, variancePreserving, exactly('euler-maruyama', true)),
];

/** Other names of the classes: those of older versions. Flax classes bear theirs with Flax before it. */
export const OLD_NAMES: Readonly<Record<string, string>> = {
  GaussianDDPMScheduler: 'DDPMScheduler',
  DDIMSchedulerV2: 'DDIMScheduler',
  DPMSolverDiscreteScheduler: 'DPMSolverMultistepScheduler',
  EulerAncestralScheduler: 'EulerAncestralDiscreteScheduler',
  HeunScheduler: 'HeunDiscreteScheduler',
  KarrasVePipelineScheduler: 'KarrasVeScheduler',
  DPM2DiscreteScheduler: 'KDPM2DiscreteScheduler',
  DPM2AncestralDiscreteScheduler: 'KDPM2AncestralDiscreteScheduler',
};

/** Classes that have no schedule of Gaussian noise, and why. */
export const WITHOUT_SCHEDULE: Readonly<Record<string, string>> = {
  VQDiffusionScheduler: 'it replaces tokens and adds no Gaussian noise',
  AmusedScheduler: 'it masks tokens and adds no Gaussian noise',
  BlockRefinementScheduler: 'it refines tokens and adds no Gaussian noise',
  DiscreteDDIMScheduler: 'it replaces tokens and adds no Gaussian noise',
  EntropyBoundScheduler: 'it chooses tokens and adds no Gaussian noise',
  HeliosScheduler: 'each of its stages has one of its own, on pictures of another size',
  HeliosDMDScheduler: 'each of its stages has one of its own, on pictures of another size',
};
