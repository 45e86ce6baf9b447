import type { Explanation } from '../registry/explanation';

/** What the pictures and tables of an evaluation show. */
export const evaluationExplanations = {
  calibration: {
    title: 'Calibration',
    equation: String.raw`\mathrm{ECE} = \sum_{b=1}^{10} \frac{n_b}{n}\,\big|\,\mathrm{acc}_b - \mathrm{conf}_b\,\big|`,
    number: '',
    sentence:
      'Test rows in ten bins of equal width by the probability of their most probable class. In each, the share that is right should be the mean probability: on the diagonal the model is as sure as it is right, below it too sure. The expected calibration error is the mean gap, each bin weighed by its rows (Guo et al., On calibration of modern neural networks, arXiv 1706.04599).',
  },
  votes: {
    title: 'Probabilities as votes',
    equation: String.raw`p_k(x) = \frac1S \sum_{s=1}^{S} \big[\,\hat y(z_0^{(s)}, x) = k\,\big], \quad z_0^{(s)} \sim \mathcal{N}(0, I)`,
    number: '',
    sentence:
      'A nearest embedding only names a class. The start says nothing of x, so the share of seeded starts that lead to a class estimates the model’s own p(k | x). Under the probability flow, and under any dynamics with its noise, it is the true one where u is exact; without the noise, eq. 26 falls to a mode, so its votes are too sure.',
  },
  readout: {
    title: 'Probabilities of the read-out',
    equation: String.raw`p_k(x) = \frac1S \sum_{s=1}^{S} \mathrm{softmax}\big(W z_1(z_0^{(s)}, x) + b\big)_k`,
    number: '',
    sentence:
      'A linear read-out with softmax gives probabilities of its own; their mean over seeded starts takes the start out. Backpropagation has no start: its softmax is taken once.',
  },
  steps: {
    title: 'Accuracy by steps',
    equation: String.raw`N \mapsto \frac1n \sum_{i=1}^{n} \big[\,\hat y_N(x_i) = y_i\,\big]`,
    number: '',
    sentence:
      'The same test rows from the same starts, carried by the run’s dynamics and method with N steps in place of its own. Where the curve is level, more steps buy nothing.',
  },
  classes: {
    title: 'Classes',
    equation: String.raw`\mathrm{precision} = \frac{C_{kk}}{\sum_j C_{jk}}, \quad \mathrm{recall} = \frac{C_{kk}}{\sum_j C_{kj}}, \quad F_1 = \frac{2\,C_{kk}}{\sum_j (C_{jk} + C_{kj})}`,
    number: '',
    sentence:
      'Of the rows given a label, the share that has it; of the rows that have it, the share that was given it; and the harmonic mean of the two. C is the confusion matrix, true class by label given.',
  },
  models: {
    title: 'Models compared',
    equation: String.raw`\bar d \pm t_{0.975,\,n-1}\,\frac{s_d}{\sqrt n}, \qquad d_i = a_i^{\mathrm{model}} - a_i^{\mathrm{backprop}}`,
    number: '',
    sentence:
      'A seed gives all models the same split of the data, so they are compared seed by seed: the mean difference, and the interval that holds it with 95% confidence if the differences are normal (Student, Biometrika 6, 1908). An interval on one side of 0 tells two models apart; n seeds are needed, and one gives none.',
  },
  sweep: {
    title: 'Cells of a sweep',
    equation: String.raw`\bar a \pm t_{0.975,\,n-1}\,\frac{s_a}{\sqrt n}, \qquad \bar d \pm t_{0.975,\,n-1}\,\frac{s_d}{\sqrt n}, \quad d_i = a_i - a_i^{\mathrm{best}}`,
    number: '',
    sentence:
      'Each choice of the varied settings is trained with n seeds. Its mean test score has a 95% interval if the scores are normal (Student, Biometrika 6, 1908); it may reach beyond 1. Cells are told from the best by the differences over the seeds, which give both the same split. The best of many is a little too good: train it once more with other seeds before you publish its score.',
  },
} as const satisfies Readonly<Record<string, Explanation>>;
