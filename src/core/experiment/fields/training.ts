import * as z from 'zod';
import { generatorIds, generators, type DatasetGenerator } from '../../datasets';
import { missingPolicies, tasks } from '../../datasets/columns';
import { scheduleLosses } from '../../models';
import { timeSamplings } from '../../models/timeSampling';
import type { Parameters } from '../../registry/parameters';
import { choice, idError, parameter, params, section, shown } from './field';

const testShare = parameter('testShare', {
  symbol: 'share',
  summary: 'share of the rows kept for testing, the same share of every class',
  default: 0.2,
  min: 0,
  max: 1,
  open: 'both',
  slider: [0.05, 0.5],
  unit: '1',
});

const text = (key: string, what: string) => {
  const error = ({ input }: { input?: unknown }) => `${key} must be ${what}: got ${shown(input)}`;
  return z
    .string({ error })
    .min(1, { error })
    .describe(what.charAt(0).toUpperCase() + what.slice(1));
};

const generated = (row: DatasetGenerator) =>
  z
    .looseObject({ id: z.literal(row.id).describe(`${row.title}: ${row.summary}`), params: params(row), testShare })
    .meta({ title: row.title, description: `${row.summary} Source: ${row.source}` });

const csv = z
  .looseObject({
    id: z.literal('csv').describe('Rows of a CSV or TSV file: a column of labels, the rest numbers or categories'),
    path: text('path', "the CSV file's path, relative to the experiment's file"),
    label: text('label', 'the name of the column that holds the labels'),
    missing: choice('missing', missingPolicies, 'What becomes of cells without a value', 'refuse'),
    task: choice('task', tasks, 'What the label column holds', 'classification'),
    testShare,
  })
  .meta({
    title: 'CSV file',
    description: 'Rows of a CSV or TSV file with a header: a column of labels, the rest numbers or categories',
  });

const idx = z
  .looseObject({
    id: z.literal('idx').describe("Images in MNIST's own format, plain or gzip"),
    images: text('images', "the path of the IDX file of images, relative to the experiment's file"),
    labels: text('labels', "the path of the IDX file of labels, relative to the experiment's file"),
    testShare,
  })
  .meta({ title: 'IDX images', description: "Images and labels in MNIST's own format, plain or gzip" });

type Sources = [typeof csv, typeof idx, ...ReturnType<typeof generated>[]];

/** Where the data come from. */
export const dataField = z
  .discriminatedUnion('id', [csv, idx, ...generators.map(generated)] as Sources, {
    error: idError('data set', [...generatorIds, 'csv', 'idx']),
  })
  .prefault({ id: generatorIds[0]! })
  .describe('What the model learns to classify; default two-moons');

/** The knobs of training, as rows that controls and tables read. */
export const trainingParameters = {
  steps: {
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
    symbol: 'λ',
    summary: 'shrinkage of the parameters by AdamW, a step of size 1; 0 leaves plain Adam',
    default: 0,
    min: 0,
    max: 1,
    slider: [0, 0.1],
    unit: '1',
  },
  gradientClip: {
    symbol: 'g_max',
    summary: 'largest norm of the gradient, beyond which it is scaled down; 0 leaves it as it is',
    default: 0,
    min: 0,
    max: 1e300,
    slider: [0, 10],
    unit: '1',
  },
  averaging: {
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
