import { scheduleLosses } from '../../models';
import { timeSamplings } from '../../models/timeSamplings';
import { choice, parameter, section } from '../../registry/field';
import type { Parameters } from '../../registry/parameters';

/** The knobs of training, as rows that controls and tables read. */
export const trainingParameters = {
  steps: {
    title: 'Steps',
    symbol: 'N',
    summary: 'optimiser steps, one batch each',
    default: 3000,
    min: 1,
    max: 10_000_000,
    integer: true,
    slider: [100, 20000],
    unit: 'steps',
  },
  batch: {
    title: 'Batch size',
    symbol: 'B',
    summary: 'rows in a batch',
    default: 128,
    min: 1,
    max: 65536,
    integer: true,
    slider: [16, 1024],
    unit: 'rows',
  },
  learningRate: {
    title: 'Learning rate',
    symbol: 'η',
    summary: 'step size of Adam, falling to 0 as half a cosine',
    default: 0.002,
    min: 0,
    max: 1,
    open: 'min',
    slider: [0.0001, 0.02],
    unit: '1',
  },
  weightCap: {
    title: 'Weight cap',
    symbol: 'c',
    summary: 'the largest weight SNR′(t) that the loss gives to any time',
    default: 5,
    min: 0,
    max: 1e300,
    open: 'min',
    slider: [1, 1000],
    unit: 'per unit time',
  },
  warmup: {
    title: 'Warm-up',
    symbol: 'N_w',
    summary: 'steps over which the learning rate rises to its full size',
    default: 0,
    min: 0,
    max: 10_000_000,
    integer: true,
    slider: [0, 1000],
    unit: 'steps',
  },
  weightDecay: {
    title: 'Weight decay',
    symbol: 'λ',
    summary: 'shrinkage of the parameters by AdamW, a step of size 1; 0 leaves plain Adam',
    default: 0,
    min: 0,
    max: 1,
    slider: [0, 0.1],
    unit: '1',
  },
  gradientClip: {
    title: 'Gradient clipping',
    symbol: 'g_max',
    summary: 'largest norm of the gradient, beyond which it is scaled down; 0 leaves it as it is',
    default: 0,
    min: 0,
    max: 1e300,
    slider: [0, 10],
    unit: '1',
  },
  averaging: {
    title: 'EMA decay',
    symbol: 'ρ',
    summary:
      'share of the average of the parameters that each step keeps; the average is what answers; 0 leaves it out',
    default: 0,
    min: 0,
    max: 1,
    open: 'max',
    slider: [0, 0.999],
    unit: '1',
  },
  eta: {
    title: 'Weight of the SNR′ term',
    symbol: 'η_L',
    summary: 'weight of the SNR′ term among the terms of the objective',
    default: 1,
    min: 0,
    max: 1e6,
    open: 'min',
    slider: [0.01, 10],
    unit: '1',
  },
  patience: {
    title: 'Patience',
    symbol: 'P',
    summary: 'evaluations without improvement on the validation rows until training stops; 0 never stops early',
    default: 0,
    min: 0,
    max: 1_000_000,
    integer: true,
    slider: [0, 20],
    unit: 'evaluations',
  },
  validationShare: {
    title: 'Validation share',
    symbol: 'share_v',
    summary: 'share of the train rows set aside for early stopping, where patience is not 0',
    default: 0.1,
    min: 0,
    max: 1,
    open: 'both',
    slider: [0.05, 0.5],
    unit: '1',
  },
  checkpoints: {
    title: 'Checkpoint interval',
    symbol: 'N_c',
    summary: 'steps between the checkpoints that are kept; 0 keeps the end only',
    default: 0,
    min: 0,
    max: 10_000_000,
    integer: true,
    slider: [0, 5000],
    unit: 'steps',
  },
  seeds: {
    title: 'Seeds',
    symbol: 'S',
    summary: 'seeds that are trained as one experiment, from its seed on',
    default: 1,
    min: 1,
    max: 1000,
    integer: true,
    slider: [1, 10],
    unit: 'seeds',
  },
} as const satisfies Parameters;

type Knob = keyof typeof trainingParameters;

const knobs = Object.fromEntries(
  Object.entries(trainingParameters).map(([key, row]) => [key, parameter(key, row)]),
) as Record<Knob, ReturnType<typeof parameter>>;

/** How it is trained. */
export const trainingField = section('training', {
  ...knobs,
  times: choice('times', timeSamplings, 'How the times of a batch are drawn', 'stratified'),
  scheduleLoss: choice('schedule loss', scheduleLosses, 'How a learned schedule is trained', 'variance'),
})
  .prefault({})
  .describe('How the model is trained: Adam on the loss of eq. 23, its weight capped');
