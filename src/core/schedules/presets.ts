import type { Values } from '../registry/parameters';
import { rowOf } from '../registry/parameters';
import { newEntry, newModifier } from './entry';
import { type ScheduleEntry } from './entrySchema';
import type { InputValues } from './inputs';

/** A schedule that a paper or a public model uses, by name. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly source: string;
  readonly entry: Omit<ScheduleEntry, 'label'>;
}

/** An entry that differs from its family's defaults in what is given. */
const entry = (id: string, params: Values = {}, inputs: InputValues = {}, modifiers: readonly string[] = []) => {
  const whole = newEntry(id);
  return {
    ...whole,
    params: { ...whole.params, ...params },
    inputs: { ...whole.inputs, ...inputs },
    modifiers: modifiers.map(newModifier),
  };
};

const latent = () => entry('discrete', { betaStart: 0.00085, betaEnd: 0.012 }, { rule: 'scaled_linear' });

/** Every preset, in the order the pickers show. */
export const presets: readonly Preset[] = [
  {
    id: 'ddpm',
    title: 'DDPM',
    summary: '1000 betas, evenly spaced from 0.0001 to 0.02.',
    source: 'Ho, Jain and Abbeel, DDPM, arXiv 2006.11239, section 4',
    entry: entry('discrete'),
  },
  {
    id: 'ddpm-zero-snr',
    title: 'DDPM, zero terminal SNR',
    summary: "DDPM's table, rescaled so that no signal is left at t = 0.",
    source: 'Lin et al., Common diffusion noise schedules and sample steps are flawed, arXiv 2305.08891, algorithm 1',
    entry: entry('discrete', {}, {}, ['zero-terminal-snr']),
  },
  {
    id: 'sd-1-5',
    title: 'Stable Diffusion 1.5',
    summary: '1000 betas, their square roots evenly spaced: from 0.00085 to 0.012.',
    source:
      'Rombach et al., Latent diffusion models, arXiv 2112.10752; the scheduler configuration of the public model',
    entry: latent(),
  },
  {
    id: 'sdxl',
    title: 'SDXL',
    summary: 'The same table as Stable Diffusion 1.5.',
    source: 'Podell et al., SDXL, arXiv 2307.01952; the scheduler configuration of the public model',
    entry: latent(),
  },
  {
    id: 'nichol-dhariwal',
    title: 'Improved DDPM',
    summary: 'The cosine schedule in continuous time, offset 0.008.',
    source: 'Nichol and Dhariwal, Improved DDPM, arXiv 2102.09672, section 3.2',
    entry: entry('cosine'),
  },
  {
    id: 'vdm',
    title: 'VDM',
    summary: 'Log-SNR from -5 to 13.3, as the learned schedule begins; the paper writes it with the other sign.',
    source: 'Kingma et al., Variational Diffusion Models, arXiv 2107.00630, and its public code',
    entry: entry('linear-gamma', { gammaMin: -5, gammaMax: 13.3 }),
  },
  {
    id: 'edm',
    title: 'EDM sampler',
    summary: 'The noise levels of its sampler: from 80 to 0.002, rho 7.',
    source: 'Karras et al., Elucidating the design space of diffusion models, arXiv 2206.00364, table 1',
    entry: entry('edm'),
  },
  {
    id: 'sd3',
    title: 'SD3',
    summary: 'A rectified flow whose timesteps are shifted by 3 for images of 1024 x 1024.',
    source: 'Esser et al., Scaling rectified flow transformers (SD3), arXiv 2403.03206',
    entry: entry('rectified-flow', { shift: 3 }),
  },
  {
    id: 'noprop',
    title: 'NoProp-DT',
    summary:
      'The fixed cosine schedule of NoProp-DT, in the form of Nichol and Dhariwal; the paper does not print its offset.',
    source: 'Li, Teh and Pascanu, NoProp, arXiv 2503.24322',
    entry: entry('cosine'),
  },
  {
    id: 'jax-noprop',
    title: 'JAX NoProp',
    summary: 'ᾱ rises linearly from 0.01 to 0.99: LinearNoiseSchedule.',
    source: 'Beck, jax-noprop, the public JAX implementation of NoProp',
    entry: entry('linear-alpha', { alphaMin: 0.01, alphaMax: 0.99 }),
  },
];

/** The preset of this id; an InputError that lists the known ids where there is none. */
export const presetOf = (id: string): Preset => rowOf('preset', presets, id);
