import type { Explanation } from '../registry/explanation';

/** What the pictures of the dynamics show. */
export const dynamicsExplanations = {
  paths: {
    title: 'Paths',
    equation: String.raw`\frac{dz}{dt} = \gamma'(t)\left(A(\bar\alpha)\,u(z,t) - B(\bar\alpha)\,z\right)`,
    number: '',
    sentence:
      'Every path follows its equation from a start they all share. The shaded bands hold 90 and 50 % of the paths of the chosen dynamics and the thick line is their median; the short strokes are its drift; the faint lines are its closed form for u held at what it is at the end.',
  },
  clock: {
    title: 'Own clock',
    equation: String.raw`d(\varphi z) = u\,d\psi`,
    number: '',
    sentence:
      'Each dynamics has an integrating factor φ and a clock ψ, functions of the SNR, in which the slope of φz is u itself: constant u is a straight line, however fast the schedule runs. For eq. 26 the clock is the SNR, and with its noise φz is a unit Brownian motion with drift u.',
  },
  gap: {
    title: 'Gap',
    equation: String.raw`\sqrt{\tfrac{1}{nd}\textstyle\sum_{i} |z_i^a(t) - z_i^b(t)|^2}`,
    number: '',
    sentence: 'The root mean square distance of two dynamics at the same time from the same starts, over all paths.',
  },
  variance: {
    title: 'Variance of the process',
    equation: String.raw`\mathrm{Var}\,q(z_t) = \bar\alpha\,\mathrm{Var}(z_T) + 1 - \bar\alpha`,
    number: '3',
    sentence:
      'What the states must have at every time to be noisy data: the probability flow keeps it, and so does every dynamics of its family with its noise.',
  },
  collapse: {
    title: 'Eq. 26 without its noise',
    equation: String.raw`\frac{\mathrm{Var}\,z_t}{\mathrm{Var}\,q(z_t)} = \frac{q^2 + 1/\mathrm{SNR}_t}{q^2 + 1/\mathrm{SNR}_0}`,
    number: '26',
    sentence:
      'The drift of the reverse SDE alone: for Gaussian data of variance q² it keeps the mean and loses this much of the variance; from data of several modes it falls to one. Harmless where x decides the label.',
  },
  attractor: {
    title: 'Attractor',
    equation: String.raw`z^*(t) = \frac{2\sqrt{\bar\alpha}}{1+\bar\alpha}\,u = \mathrm{sech}(\Delta/2)\,u`,
    number: '27',
    sentence: 'Where eq. 27 pulls the state at each moment: ahead of its target √ᾱ u, which moves.',
  },
  lag: {
    title: 'Lag',
    equation: String.raw`\mathrm{sech}(\Delta/2) - \sqrt{\bar\alpha} = \sqrt{\bar\alpha}\,\frac{1-\bar\alpha}{1+\bar\alpha}`,
    number: '27',
    sentence: 'By so much the attractor leads, and the path that is on target stays on it and never overshoots.',
  },
  rateError: {
    title: 'Rate of eq. 28',
    equation: String.raw`\frac{1}{(1+\bar\alpha)/2} - 1 = \frac{1-\bar\alpha}{1+\bar\alpha} \approx \frac{1-\bar\alpha}{2}`,
    number: '28',
    sentence: 'How much faster than eq. 27 its approximation runs, relative to it; eq. 28′ has the rate exactly.',
  },
  pointError: {
    title: 'Fixed point of eqs. 28 and 28′',
    equation: String.raw`1 - \mathrm{sech}(\Delta/2) \approx \frac{(1-\bar\alpha)^2}{8}`,
    number: '28',
    sentence: 'By how much they pull beyond the fixed point of eq. 27, for u = 1.',
  },
  plane: {
    title: 'Paths in a plane',
    equation: String.raw`\left(a_1 \cdot (z-\mu),\; a_2 \cdot (z-\mu)\right)`,
    number: '',
    sentence:
      'States of more than one dimension, in their two coordinates, or along the two axes a along which the clean states vary most; dots are clean states.',
  },
} as const satisfies Readonly<Record<string, Explanation>>;
