/** Settings of a model or its training that not every kind has a use for. */
export type ModelSetting =
  'timeFeatures' | 'timeEmbedding' | 'blocks' | 'boundaries' | 'head' | 'weightCap' | 'eta' | 'times' | 'dynamics';

/** A kind of model. */
interface ModelRow<I extends string> {
  readonly id: I;
  readonly title: string;
  readonly summary: string;
  readonly source: string;
  /** The settings that it has a use for, beside those that all have. */
  readonly uses: readonly ModelSetting[];
  /** How it answers, for the user who has chosen it. */
  readonly answers: string;
}

const NOPROP = 'Li, Teh and Pascanu, NoProp, arXiv 2503.24322';

const model = <I extends string>(row: ModelRow<I>): ModelRow<I> => row;

/** The models that can be trained, in the order the pickers show. */
export const models = [
  model({
    id: 'ct',
    title: 'NoProp-CT',
    summary: 'One network u(z, x, t) for every time, trained at times drawn at random.',
    source: NOPROP,
    uses: ['timeFeatures', 'timeEmbedding', 'head', 'weightCap', 'eta', 'times', 'dynamics'],
    answers: 'It answers by the dynamics, integrator and grid of the experiment.',
  }),
  model({
    id: 'dt',
    title: 'NoProp-DT',
    summary: 'A network of its own for each of T steps, trained apart from the others; sampled by the exact step.',
    source: `${NOPROP}; Beck, NoProp Forward Process, 2025, eqs. 10 to 13`,
    uses: ['blocks', 'boundaries', 'head', 'weightCap', 'eta', 'dynamics'],
    answers:
      'It answers by one exact step of the dynamics a block, with noise where the dynamics has it on; no integrator, no grid.',
  }),
  model({
    id: 'fm',
    title: 'NoProp-FM',
    summary:
      'Flow matching: one network v(z, x, t) for the velocity of straight lines from noise to data; no schedule.',
    source: `${NOPROP}; Lipman et al., Flow matching, arXiv 2210.02747`,
    uses: ['timeFeatures', 'timeEmbedding', 'head', 'eta', 'times'],
    answers:
      'It answers by the integrator and grid of the experiment, under flow matching whatever its dynamics and schedule.',
  }),
  model({
    id: 'backprop',
    title: 'Backpropagation',
    summary: 'The same hidden layers from x to the classes, trained end to end by cross-entropy: the baseline.',
    source: 'Rumelhart, Hinton and Williams, Nature 323, 1986',
    uses: [],
    answers: 'It answers in one pass: no schedule, dynamics or integrator.',
  }),
] as const;

export type ModelId = (typeof models)[number]['id'];

/** Whether a kind of model has a use for a setting. */
export const usesSetting = (id: ModelId, setting: ModelSetting): boolean =>
  models.find((row) => row.id === id)!.uses.includes(setting);

/** The activations of the hidden layers. */
export const activations = [
  { id: 'relu', title: 'ReLU', summary: 'max(0, x).' },
  { id: 'silu', title: 'SiLU', summary: 'x times the logistic function of x: smooth, and below zero for some x.' },
  { id: 'tanh', title: 'tanh', summary: 'Between −1 and 1, so that its slope vanishes for large inputs.' },
] as const;

export type Activation = (typeof activations)[number]['id'];

/** Whether any of these hidden layers can be residual: one that has the width of the one before it. */
export const hasResidual = (hidden: readonly number[]): boolean =>
  hidden.some((width, i) => i > 0 && width === hidden[i - 1]);

/** How the network is given t. */
export const timeEmbeddings = [
  {
    id: 'sinusoidal',
    title: 'Sinusoidal',
    summary:
      'Sines, then cosines, of 2πf t for m frequencies f = 2^(3.5 j/(m−1)), j from 0 to m−1 (after Vaswani et al., arXiv 1706.03762).',
  },
  {
    id: 'fourier',
    title: 'Fourier',
    summary: 'Sines and cosines of seeded normal frequencies (Tancik et al., arXiv 2006.10739).',
  },
] as const;

export type TimeEmbedding = (typeof timeEmbeddings)[number]['id'];

/** What the network's answer means. */
export const predictions = [
  { id: 'regression', title: 'Regression', summary: 'The answer is u itself, regressed on the target.' },
  {
    id: 'softmax',
    title: 'Softmax',
    summary: 'The answer is logits, and u = softmax(logits) W, a convex combination of the embeddings.',
  },
] as const;

export type Prediction = (typeof predictions)[number]['id'];

/** What stands for a class: its clean state z_T. */
export const embeddings = [
  { id: 'one-hot', title: 'One-hot', summary: 'A coordinate for each class.' },
  { id: 'learned', title: 'Learned', summary: 'Trained with the model, from an orthogonal start.' },
  { id: 'prototype', title: 'Prototype', summary: "A row of the data itself: the medoid of the class's train rows." },
] as const;

export type EmbeddingId = (typeof embeddings)[number]['id'];

/** How a class is read from the state at the end. */
export const readouts = [
  { id: 'nearest', title: 'Nearest', summary: 'The class whose embedding is nearest.' },
  { id: 'linear', title: 'Linear', summary: 'A linear layer with softmax, trained with the model.' },
] as const;

export type Readout = (typeof readouts)[number]['id'];

/** How the block times of NoProp-DT are spread over the window. */
export const boundaries = [
  { id: 'equal-loss', title: 'Equal loss', summary: 'Each block has the same share of the loss’s weight.' },
  { id: 'uniform-t', title: 'Uniform in t', summary: 'Blocks of equal time.' },
  { id: 'uniform-gamma', title: 'Uniform in γ', summary: 'Blocks of equal gain in log-SNR.' },
] as const;

export type Boundaries = (typeof boundaries)[number]['id'];

/** How a learned schedule is trained. */
export const scheduleLosses = [
  {
    id: 'variance',
    title: 'Variance',
    summary: 'Least variance of the loss over t, its mean being fixed by the ends (Kingma et al., VDM, 2021).',
  },
  { id: 'gradient', title: 'Gradient', summary: 'The gradient of the loss itself, with the KL term at t = 0.' },
  { id: 'fixed', title: 'Fixed', summary: 'The schedule stays as it is.' },
] as const;

export type ScheduleLoss = (typeof scheduleLosses)[number]['id'];
