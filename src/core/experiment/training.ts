import * as z from 'zod';
import { generatorIds, generators, type DatasetGenerator } from '../datasets';
import { missingPolicies } from '../datasets/columns';
import { activations, models } from '../models';
import { timeSamplings } from '../timeSampling';
import type { Parameters } from '../parameters';
import { bounded, choice, idError, parameter, params, section, shown } from './fields';

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

const widthsText = 'hidden must be a list of 1 to 8 whole numbers from 1 to 4096';

/** The network. */
export const modelField = section('model', {
  id: choice('model', models, 'The model that is trained', 'ct'),
  hidden: z
    .array(bounded('a hidden width', { min: 1, max: 4096, integer: true }), {
      error: ({ input }) => `${widthsText}: got ${shown(input)}`,
    })
    .min(1, { error: ({ input }) => `${widthsText}: got ${shown(input)}` })
    .max(8, { error: ({ input }) => `${widthsText}: got ${shown(input)}` })
    .default([128, 128])
    .describe('Widths of the hidden layers, in order; default [128, 128]'),
  activation: z
    .enum(activations, {
      error: ({ input }) => `unknown activation ${shown(input)}: choose one of ${activations.join(', ')}`,
    })
    .default('relu')
    .describe(`Activation of the hidden layers: ${activations.join(', ')}; default relu`),
  timeFeatures: parameter('timeFeatures', {
    symbol: 'F',
    summary: 'number of sines and cosines of t that the network is given',
    default: 16,
    min: 2,
    max: 256,
    integer: true,
    slider: [2, 64],
    unit: 'features',
  }),
})
  .prefault({})
  .describe('The network u(z, x, t)');

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
} as const satisfies Parameters;

/** How it is trained. */
export const trainingField = section('training', {
  steps: parameter('steps', trainingParameters.steps),
  batch: parameter('batch', trainingParameters.batch),
  learningRate: parameter('learningRate', trainingParameters.learningRate),
  weightCap: parameter('weightCap', trainingParameters.weightCap),
  warmup: parameter('warmup', trainingParameters.warmup),
  weightDecay: parameter('weightDecay', trainingParameters.weightDecay),
  gradientClip: parameter('gradientClip', trainingParameters.gradientClip),
  averaging: parameter('averaging', trainingParameters.averaging),
  times: choice('times', timeSamplings, 'How the times of a batch are drawn', 'stratified'),
})
  .prefault({})
  .describe('How the model is trained: Adam on the loss of eq. 23, its weight capped');
