/** The models that can be trained, in the order the pickers show. */
export const models = [
  {
    id: 'ct',
    title: 'NoProp-CT',
    summary: 'One network u(z, x, t) for every time, trained at times drawn at random.',
    source: 'Li, Teh and Pascanu, NoProp, arXiv 2503.24322',
  },
] as const;

/** The activations of the hidden layers. */
export const activations = ['relu', 'silu', 'tanh'] as const;

export type Activation = (typeof activations)[number];
