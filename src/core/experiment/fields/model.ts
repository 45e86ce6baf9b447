import * as z from 'zod';
import {
  activations,
  boundaries,
  hasResidual,
  embeddings,
  models,
  predictions,
  readouts,
  timeEmbeddings,
} from '../../models';
import type { Parameter, Parameters } from '../../registry/parameters';
import { bounded, byId, choice, idError, parameter, section, shown } from './field';

/** The numbers of a model, as rows that controls and tables read. */
export const modelParameters = {
  timeFeatures: {
    symbol: 'F',
    summary: 'number of sines and cosines of t that the network is given',
    default: 16,
    min: 2,
    max: 256,
    integer: true,
    slider: [2, 64],
    unit: 'features',
  },
  blocks: {
    symbol: 'T',
    summary: 'number of blocks of NoProp-DT, each a network of its own',
    default: 10,
    min: 1,
    max: 200,
    integer: true,
    slider: [1, 50],
    unit: 'blocks',
  },
} as const satisfies Parameters;

/** The dimension of a learned embedding. */
export const dimensionParameter: Parameter = {
  symbol: 'd',
  summary: 'dimension of a learned embedding',
  default: 10,
  min: 2,
  max: 20,
  integer: true,
  slider: [2, 20],
  unit: 'coordinates',
};

const widthsText = 'hidden must be a list of 1 to 8 whole numbers from 1 to 4096';

/** Only a learned embedding has a dimension of its own; the others' follows from the data. */
const dimensionOf = (id: string) =>
  (id === 'learned' ? { dimension: parameter('dimension', dimensionParameter) } : {}) as unknown as {
    dimension: z.ZodOptional<ReturnType<typeof parameter>>;
  };

const embeddingEntry = ({ id, title, summary }: (typeof embeddings)[number]) =>
  z
    .looseObject({ id: z.literal(id).describe(`${title}: ${summary}`), ...dimensionOf(id) })
    .meta({ title, description: summary });

type EmbeddingEntries = [ReturnType<typeof embeddingEntry>, ...ReturnType<typeof embeddingEntry>[]];

const EMBEDDING = 'one-hot';
const embeddingIds = embeddings.map(({ id }) => id);

const embeddingField = byId(
  z.discriminatedUnion('id', embeddings.map(embeddingEntry) as EmbeddingEntries, {
    error: idError('embedding', embeddingIds, 'an embedding must be an id, or an object with an id'),
  }),
  embeddingIds,
)
  .prefault(EMBEDDING)
  .describe(`What stands for a class as its clean state z_T, or its id alone; default ${EMBEDDING}`);

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
  residual: z
    .boolean({ error: ({ input }) => `residual must be true or false: got ${shown(input)}` })
    .default(false)
    .describe('Whether a hidden layer of the width of the one before it adds its input to its answer; default false'),
  timeFeatures: parameter('timeFeatures', modelParameters.timeFeatures),
  timeEmbedding: choice('time embedding', timeEmbeddings, 'How the network is given t', 'sinusoidal'),
  prediction: choice('prediction', predictions, "What the network's answer means", 'regression'),
  embedding: embeddingField,
  readout: choice('read-out', readouts, 'How a class is read from the state at the end', 'nearest'),
  blocks: parameter('blocks', modelParameters.blocks),
  boundaries: choice('boundaries', boundaries, 'How the blocks of NoProp-DT are spread over the window', 'equal-loss'),
})
  .superRefine(({ residual, hidden }, context) => {
    if (!residual || hasResidual(hidden)) return;
    const message = `residual needs two hidden layers of one width in a row: hidden is ${shown(hidden)}`;
    context.addIssue({ code: 'custom', path: ['residual'], message });
  })
  .prefault({})
  .describe('The network u(z, x, t)');
