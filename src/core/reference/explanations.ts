import type { Explanation } from '../registry/explanation';

/** The pictures of trained models and of comparisons, by the ids of their cards. */
export const explanations = {
  bins: {
    title: 'Error by log-SNR',
    equation: String.raw`\mathbb{E}\big[\,\lVert u(z_t, x, t) - z_T\rVert^2 \;\big|\; \gamma(t)\,\big]`,
    number: '',
    sentence:
      'The unweighted error of u in twelve equal bins of log-SNR over the window. Among noise u can only guess the mean of the embeddings; near the data it should read the label off z: where a band stays strong, that is where learning is left to do.',
  },
  loss: {
    title: 'Loss',
    equation: String.raw`\mathcal{L} = \tfrac12\,\mathbb{E}\big[\min(\mathrm{SNR}'(t), c)\,\lVert u(z_t, x, t) - z_T\rVert^2\big]`,
    number: '23',
    sentence:
      'The squared error of u over batches, t even on the window and zₜ from its exact law, weighted by the growth of the SNR but by no more than the cap c. With a learned embedding or a linear read-out the cross-entropy −log p(y | z₁) is added, and with a learned embedding KL(q(z₀ | y) ‖ N(0, I)): then each term has a line, and the loss is their sum, the first times η. Losses of two schedules can be compared only where they share both ends of the log-SNR and no cap cuts in.',
  },
  accuracy: {
    title: 'Accuracy',
    equation: String.raw`\frac1n \sum_{i=1}^{n} \Big[\operatorname*{arg\,min}_k \lVert z_1^{(i)} - w_k\rVert = y_i\Big]`,
    number: '',
    sentence:
      'Each row is carried from its own noise to t = 1 by the experiment’s dynamics and integrator, and labelled by the nearest class embedding or, where the read-out is linear, by its largest probability. On the way up to 500 rows of each part are looked at, at the end all.',
  },
  rmse: {
    title: 'Error',
    equation: String.raw`\mathrm{RMSE} = \sqrt{\frac1n \sum_{i=1}^{n} \lVert \hat y_i - y_i\rVert^2}, \qquad R^2 = 1 - \frac{\sum_i (\hat y_i - y_i)^2}{\sum_i (y_i - \bar y)^2}`,
    number: '',
    sentence:
      'Each row is carried from its own noise to t = 1, and its state there, back in the target’s own unit, is the prediction. R² is the share of the target’s variance over the part that is explained: 0 is no better than the mean. On the way up to 500 rows of each part are looked at, at the end all.',
  },
  predictions: {
    title: 'Predictions',
    equation: String.raw`\hat y = \mathrm{scale} \cdot z_1 + \mathrm{mean}`,
    number: '',
    sentence:
      'Test rows at the end: with one feature, the true and the predicted values over it; with more, predicted against true, where what is right lies on the dashed line.',
  },
  ways: {
    title: 'Test rows on their way',
    equation: String.raw`t \mapsto \mathrm{scale} \cdot z_t + \mathrm{mean}`,
    number: '',
    sentence:
      'The first target’s coordinate of test rows from noise to t = 1. The rings at the end are the true values: a path should end in one of them.',
  },
  data: {
    title: 'The data',
    equation: String.raw`\tilde x = \frac{x - \mathrm{mean}}{\mathrm{scale}}, \qquad p = V^{\top} \tilde x`,
    number: '',
    sentence:
      'Rows of the data before anything is trained. Two features are shown as they are; of more, the scaled features x̃ along the two directions V in which they vary most, their principal axes. Where numbers are predicted they stand over the one feature, or over the first axis.',
  },
  boundary: {
    title: 'Decision boundary',
    equation: String.raw`\hat y_t(x) = \operatorname*{arg\,min}_k \lVert z_t(x) - w_k\rVert`,
    number: '',
    sentence:
      'The probabilities that are read from the state, for every input on a grid, all from one and the same noise; a colour fades where its class is no likelier than others. At t = 0 the noise alone decides, so the whole square has one colour; the regions grow as x takes over.',
  },
  confusion: {
    title: 'Confusion',
    equation: String.raw`C_{jk} = \#\{\, i : y_i = j,\ \hat y_i = k \,\}`,
    number: '',
    sentence:
      'How many test rows of each true class, a row, were given each label, a column: all else than the diagonal is wrong.',
  },
  trajectories: {
    title: 'Test rows in the embedding',
    equation: String.raw`t \mapsto P\,(z_t - \bar w)`,
    number: '',
    sentence:
      'The paths of test rows from noise at t = 0 to the class embeddings w, the squares, at t = 1. A unit has one length on both axes. Where states have more than two dimensions, they are seen along the first two principal axes P of the embeddings.',
  },
  precision: {
    title: 'Error against evaluations',
    equation: String.raw`e = \sqrt{\frac{1}{nd} \sum_{i=1}^{n} \lVert z_1^{(i)} - \hat z_1^{(i)}\rVert^2}`,
    number: '',
    sentence:
      'The root mean square distance of the end points from those of a reference many times finer, from the same starts, against the calls of u for each path. On these axes a method of order p falls with slope −p: lower and further left is better.',
  },
  sources: {
    title: 'Where the loss comes from',
    equation: String.raw`\mathcal{L} = \tfrac12 \int \mathbb{E}\,\lVert u - z_T\rVert^2 \, d\mathrm{SNR}`,
    number: '',
    sentence:
      'What each of twelve equal bins of log-SNR adds to the loss, and how many rows fall in it, over the last tenth of the training. What a bin adds does not depend on the schedule, unless a cap cuts in; how many rows it is measured by does. The variance over t is least where both shares are close.',
  },
  learned: {
    title: 'Learned schedule',
    equation: String.raw`\gamma(t) = \gamma_0 + (\gamma_1 - \gamma_0)\, n(t), \quad n(0) = 0,\ n(1) = 1`,
    number: '',
    sentence:
      'The log-SNR as trained with the model, its ends fixed and no weight capped. Trained for least variance, it spends time where the loss is large. The loss itself does not depend on the curve but through what u makes of t: by the plain gradient that is all it follows.',
  },
  conclusion: {
    title: 'The note’s conclusion',
    equation: String.raw`\frac{dz}{dt} = \gamma'(t)\,\big(\sqrt{\bar\alpha}\,u - \tfrac{1+\bar\alpha}{2}\,z\big) \;\approx\; \gamma'(t)\,(u - z)`,
    number: '28',
    sentence:
      'One trained model is run from the same starts by eqs. 26 and 27, by the approximations 28 and 28′, and by the community’s equation, over the log-SNR that all three schedules reach. Under a schedule that it was not trained with, u is asked at the time at which its own has the same log-SNR. Paths are followed to a tolerance of 0.0001; their gap is the mean Euclidean distance from those of eq. 26.',
  },
  comparedPaths: {
    title: 'Paths of the chosen rows',
    equation: String.raw`\dot z = \gamma'(t)\,\big(A\,u(z, t) - B\,z\big)`,
    number: '',
    sentence:
      'Paths by the chosen rows of the table from the same starts, each joined at its own steps, and the same paths by many finer steps. Where a method takes too long a step its corners leave the drift; with noise all follow the same Brownian paths.',
  },
} as const satisfies Readonly<Record<string, Explanation>>;
