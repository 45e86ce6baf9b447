/** The models that can be trained, in the order the pickers show. */
export const models = [
  {
    id: 'ct',
    title: 'NoProp-CT',
    summary: 'One network u(z, x, t) for every time, trained at times drawn at random.',
    source: 'Li, Teh and Pascanu, NoProp, arXiv 2503.24322',
  },
  {
    id: 'dt',
    title: 'NoProp-DT',
    summary: 'A network of its own for each of T steps, trained apart from the others; sampled by the exact step.',
    source: 'Li, Teh and Pascanu, NoProp, arXiv 2503.24322; Beck, NoProp Forward Process, 2025, eqs. 10 to 13',
  },
  {
    id: 'fm',
    title: 'NoProp-FM',
    summary:
      'Flow matching: one network v(z, x, t) for the velocity of straight lines from noise to data; no schedule.',
    source: 'Li, Teh and Pascanu, NoProp, arXiv 2503.24322; Lipman et al., Flow matching, arXiv 2210.02747',
  },
  {
    id: 'backprop',
    title: 'Backpropagation',
    summary: 'The same hidden layers from x to the classes, trained end to end by cross-entropy: the baseline.',
    source: 'Rumelhart, Hinton and Williams, Nature 323, 1986',
  },
] as const;

export type ModelId = (typeof models)[number]['id'];

/** The activations of the hidden layers. */
export const activations = ['relu', 'silu', 'tanh'] as const;

export type Activation = (typeof activations)[number];

/** How the network is given t. */
export const timeEmbeddings = [
  {
    id: 'sinusoidal',
    title: 'Sinusoidal',
    summary: 'Sines and cosines of frequencies spread evenly in octaves (Vaswani et al., arXiv 1706.03762).',
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
