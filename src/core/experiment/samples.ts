import type * as z from 'zod';
import { newEntry } from '../schedules/entry';
import { VERSION, type experimentSchema } from './experiment';

/** A sample experiment: a question, and the experiment that answers it. */
export interface Sample {
  readonly id: string;
  readonly title: string;
  /** What it shows, in a sentence or two. */
  readonly summary: string;
  /** The tab of the lab that answers. */
  readonly tab: 'schedules' | 'dynamics' | 'training' | 'integrators';
  /** What differs from the defaults. */
  readonly settings: Omit<z.input<typeof experimentSchema>, 'version' | 'name'>;
}

const moons = { id: 'two-moons', params: { n: 1000, noise: 0.1 } } as const;

/** The story of the note, in the order in which it is best read. */
export const samples: readonly Sample[] = [
  {
    id: 'overshoot',
    title: 'The overshoot term',
    summary:
      'The state is drawn to 2√ᾱ/(1+ᾱ) u, which is ahead of √ᾱ u. Three schedules show when it is ahead, and how far.',
    tab: 'schedules',
    settings: { schedules: ['linear-gamma', 'cosine', 'linear-beta'].map(newEntry), window: { logSnr: 15 } },
  },
  {
    id: 'near-end',
    title: 'What eq. 28 leaves out',
    summary: 'Eq. 28 sets ᾱ to 1. It is right near the data; before that it is too fast and aims past the target.',
    tab: 'dynamics',
    settings: {
      schedules: ['linear-gamma'].map(newEntry),
      dynamics: 'noprop-forward',
      overlays: ['near-end', 'near-end-rate', 'community-original'],
      denoiser: { id: 'mixture' },
    },
  },
  {
    id: 'euler',
    title: 'Why Euler fails near the end',
    summary:
      'γ′ is large where ᾱ reaches its end, so the equation is stiff there. Exponential steps take that part exactly.',
    tab: 'integrators',
    settings: {
      schedules: ['cosine'].map(newEntry),
      window: { logSnr: 12 },
      denoiser: { id: 'mixture' },
      comparison: {
        integrators: ['euler', 'heun', 'rk4', 'exponential-1', 'exponential-2'],
        steps: [4, 8, 16, 32, 64, 128, 256],
      },
    },
  },
  {
    id: 'cheapest',
    title: 'Which integrator is the cheapest',
    summary: 'Eleven methods on one problem: error against evaluations of u, and the one that reaches the aim first.',
    tab: 'integrators',
    settings: {
      schedules: ['linear-gamma'].map(newEntry),
      dynamics: 'probability-flow',
      denoiser: { id: 'mixture' },
      comparison: {
        problem: 'mixture',
        integrators: [
          'euler',
          'heun',
          'rk4',
          'ab2',
          'dopri5',
          'exponential-1',
          'exponential-2',
          'exponential-3',
          'dpmpp-2s',
          'dpmpp-2m',
          'unipc-2',
        ],
        steps: [4, 6, 8, 12, 16, 24, 32, 48, 64],
        aim: 0.01,
      },
    },
  },
  {
    id: 'learned',
    title: 'A schedule that is learned',
    summary: 'The log-SNR is a network of its own and is trained with the model. Train it and watch the curve move.',
    tab: 'training',
    settings: { schedules: ['learned'].map(newEntry), data: moons, training: { steps: 2000 } },
  },
];

/** The text of a sample's experiment. */
export const sampleText = ({ title, settings }: Sample): string =>
  JSON.stringify({ version: VERSION, name: title, ...settings }, null, 2) + '\n';
