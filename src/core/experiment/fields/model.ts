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
import {
  about,
  bounded,
  choice,
  fieldNotes,
  flag,
  idIs,
  mustBe,
  parameter,
  section,
  unionOrId,
} from '../../registry/field';
import { quoted } from '../../registry/quoted';

/** The numbers of a model, as rows that controls and tables read. */
export const modelParameters = {
  timeFeatures: {
    title: 'Time features',
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
    title: 'Blocks',
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
  title: 'Dimension',
  symbol: 'd',
  summary: 'dimension of a learned embedding',
  default: 10,
  min: 2,
  max: 20,
  integer: true,
  slider: [2, 20],
  unit: 'coordinates',
};

const widths = mustBe('hidden', 'a list of 1 to 8 whole numbers from 1 to 4096');

/** Only a learned embedding has a dimension of its own; the others' follows from the data. */
const dimensionOf = (id: string) =>
  (id === 'learned' ? { dimension: parameter('dimension', dimensionParameter) } : {}) as unknown as {
    dimension: z.ZodOptional<ReturnType<typeof parameter>>;
  };

const embeddingObject = (row: (typeof embeddings)[number]) =>
  z.looseObject({ id: idIs(row), ...dimensionOf(row.id) }).meta(about(row));

const EMBEDDING = 'one-hot';

const embeddingField = unionOrId(
  'embedding',
  embeddings,
  embeddingObject,
  'an embedding must be an id, or an object with an id',
)
  .prefault(EMBEDDING)
  .describe(`What stands for a class as its clean state, or its id alone; default ${EMBEDDING}`);

/** The network. */
export const modelField = section('model', {
  id: choice('model', models, 'The model that is trained', 'ct', 'Kind'),
  hidden: z
    .array(bounded('a hidden width', { min: 1, max: 4096, integer: true }), widths)
    .min(1, widths)
    .max(8, widths)
    .register(fieldNotes, { title: 'Hidden widths', summary: 'Widths of the hidden layers, in order' })
    .default([128, 128])
    .describe('Widths of the hidden layers, in order; default [128, 128]'),
  activation: choice('activation', activations, 'Activation of the hidden layers', 'relu'),
  residual: flag(
    'residual',
    'Residual layers',
    'Whether a hidden layer of the width of the one before it adds its input to its answer',
    false,
  ),
  timeFeatures: parameter('timeFeatures', modelParameters.timeFeatures),
  timeEmbedding: choice('time embedding', timeEmbeddings, 'How the network is given t', 'sinusoidal'),
  prediction: choice('prediction', predictions, "What the network's answer means", 'regression'),
  embedding: embeddingField,
  readout: choice('read-out', readouts, 'How a class is read from the state at the end', 'nearest'),
  blocks: parameter('blocks', modelParameters.blocks),
  boundaries: choice(
    'boundaries',
    boundaries,
    'How the blocks of NoProp-DT are spread over the window',
    'equal-loss',
    'Block boundaries',
  ),
})
  .superRefine(({ residual, hidden }, context) => {
    if (!residual || hasResidual(hidden)) return;
    const message = `residual needs two hidden layers of one width in a row: hidden is ${quoted(hidden)}`;
    context.addIssue({ code: 'custom', path: ['residual'], message });
  })
  .prefault({})
  .describe('The network u(z, x, t)');
