import { formatNumber } from '../text/format';
import { priorKl } from '../process/marginals';
import { sigma2 } from '../schedules/quantities';
import { sigmoid } from '../math/stable';
import type { Diagnostic, Fact } from './diagnostic';
import { timeText } from './scheduleFeatures';

/** alphaBar and the noise variance at both ends. */
export const ends: Diagnostic = {
  id: 'ends',
  title: 'Values at the ends',
  summary: 'The values of ᾱ, 1 − ᾱ and γ at t = 0 and t = 1.',
  of({ ends: [first, last] }) {
    const figures = (
      [
        [0, first],
        [1, last],
      ] as const
    ).flatMap(([t, gamma]) => [
      { name: `ᾱ at t = ${t}`, value: sigmoid(gamma), unit: '1' },
      { name: `1 − ᾱ at t = ${t}`, value: sigma2(gamma), unit: '1' },
      { name: `γ at t = ${t}`, value: gamma, unit: 'nat' },
    ]);
    const [a0, n0, , a1, n1] = figures.map(({ value }) => formatNumber(value));
    const sentence = `ᾱ is ${a0} at t = 0 and ${a1} at t = 1, with noise of variance 1 − ᾱ = ${n0} and ${n1}.`;
    const fact = (at: number, title: string) => ({ id: title, title, text: formatNumber(figures[at]!.value), value: figures[at]!.value }); // prettier-ignore
    return { severity: 'info', sentence, figures, facts: [fact(0, 'ᾱ at t = 0'), fact(4, '1 − ᾱ at t = 1')] };
  },
};

/** Above this alphaBar, N(0, I) at t = 0 is visibly not what was trained. */
const TERMINAL = 1e-3;

/** How far N(0, I) is from what training sees at t = 0. */
export const prior: Diagnostic = {
  id: 'prior',
  title: 'Prior mismatch',
  summary: 'How far N(0, I), from which sampling starts, is from what training sees at t = 0.',
  of({ ends: [first], settings: { dimension } }) {
    const share = sigmoid(first);
    const signal = Math.sqrt(share);
    // For a target of norm 1, KL is alphaBar/2 and a part for each dimension.
    const each = priorKl(first, Float64Array.of(0), 1)[0]!;
    const figures = [
      dimension === undefined
        ? { name: 'KL a dimension, beside ᾱ/2', value: each, unit: 'nat a row' }
        : { name: 'KL', value: share / 2 + dimension * each, unit: 'nat a row' },
      { name: '√ᾱ at t = 0', value: signal, unit: '1' },
    ];
    const snr = Math.exp(first);
    const divergence = share / 2 + (dimension ?? 1) * each;
    const facts: Fact[] = [
      { id: 'terminal', title: 'Terminal SNR', text: formatNumber(snr), value: snr, bad: snr },
      {
        id: 'kl',
        title: `KL at t = 0, nat a row${dimension === undefined ? ' of d dimensions' : ''}`,
        text:
          dimension === undefined && share
            ? `${formatNumber(share / 2, 3)} + ${formatNumber(each, 3)} d`
            : formatNumber(divergence),
        bad: divergence,
      },
    ];
    if (signal === 0)
      return {
        severity: 'info',
        sentence: 'N(0, I) is exactly what training sees at t = 0: terminal SNR is 0.',
        figures,
        facts,
      };
    const kl =
      dimension === undefined
        ? `${formatNumber(share / 2)} + ${formatNumber(each)} d nats a row for a target of norm 1 in d dimensions`
        : `${formatNumber(share / 2 + dimension * each)} nats a row for a target of norm 1 in ${dimension} ${dimension === 1 ? 'dimension' : 'dimensions'}`;
    const seen = `${formatNumber(signal)} of the target (√ᾱ)`;
    return share > TERMINAL
      ? {
          severity: 'warning',
          sentence: `Terminal SNR is not 0: sampling starts from N(0, I), but training sees ${seen} at t = 0. KL is ${kl}. See Lin et al., arXiv 2305.08891.`,
          figures,
          facts,
        }
      : {
          severity: 'info',
          sentence: `N(0, I) is close to what training sees at t = 0, with ${seen}: KL is ${kl}.`,
          figures,
          facts,
        };
  },
};

/** Whether what the model predicts is defined at t = 0. */
export const prediction: Diagnostic = {
  id: 'prediction',
  title: 'Prediction at t = 0',
  summary: 'Whether what the model predicts is defined at t = 0, and how an error of it grows.',
  otherwise: 'SNR is above 0 at t = 0, so that every prediction is defined there.',
  of({ ends: [first], settings }) {
    const growth = Math.exp(-first / 2);
    const figures = [{ name: '1/√SNR at t = 0', value: growth, unit: '1' }];
    if (settings.prediction !== 'epsilon')
      return first === -Infinity
        ? {
            severity: 'info',
            sentence: `SNR is 0 at t = 0, where ${settings.prediction} is defined; a model that predicts ε could not be used there.`,
            figures,
            facts: [{ id: 'prediction', title: 'Defined at t = 0', text: 'u and v, not ε' }],
          }
        : undefined;
    return first === -Infinity
      ? {
          severity: 'warning',
          sentence: 'SNR is 0 at t = 0, where the target cannot be had from ε: predict u or v instead.',
          figures,
        }
      : {
          severity: growth > 100 ? 'note' : 'info',
          sentence: `An error of the predicted ε is ${formatNumber(growth)} times as large in the target at t = 0 (1/√SNR).`,
          figures,
        };
  },
};

/** What noise is left in z at the end. */
export const residual: Diagnostic = {
  id: 'residual',
  title: 'Residual noise',
  summary: 'The noise that is left in z at the end.',
  of({ schedule: { logSnr, dataEnd = 1 } }) {
    const gamma = logSnr(dataEnd);
    const [variance, sd] = [sigma2(gamma), Math.sqrt(sigma2(gamma))];
    const at = dataEnd === 1 ? 't = 1' : `t = ${timeText(dataEnd)}, the least noisy row of the table`;
    return {
      severity: variance > 0.1 ? 'warning' : variance > 1e-3 ? 'note' : 'info',
      sentence: variance
        ? `Noise of standard deviation ${formatNumber(sd)} is left in z at ${at}, beside ${formatNumber(Math.sqrt(sigmoid(gamma)))} of the target: u is the better read-out there.`
        : `No noise is left in z at ${at}.`,
      figures: [
        { name: 'noise', value: sd, unit: '1' },
        { name: 'variance', value: variance, unit: '1' },
      ],
      facts: [{ id: 'residual', title: 'Noise left in z', text: formatNumber(sd), value: sd, bad: sd }],
    };
  },
};
