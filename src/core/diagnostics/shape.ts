import { formatNumber } from '../text/format';
import type { Diagnostic, Fact } from './diagnostic';
import { timeText, type TimeInterval } from './scheduleFeatures';

/** Where in time: "until t = 0.1", "from t = 0.2 to t = 0.3", "from t = 0.9". */
function where({ from, to }: TimeInterval): string {
  const [a, b] = [timeText(from), timeText(to)];
  if (from === 0 && to === 1) return 'at every t';
  if (from === 0) return `until t = ${b}`;
  return to === 1 ? `from t = ${a}` : `from t = ${a} to t = ${b}`;
}

const allOf = (intervals: readonly TimeInterval[]) => intervals.map(where).join(', ');

const timesOf = (intervals: readonly TimeInterval[]) =>
  intervals.flatMap(({ from, to }) => [
    { name: 'from', value: from, unit: 't' },
    { name: 'to', value: to, unit: 't' },
  ]);

/** Whether alphaBar stays within (0, 1). */
export const range: Diagnostic = {
  id: 'range',
  title: 'Signal share within (0, 1)',
  summary: 'Where ᾱ leaves (0, 1), or γ has no value.',
  otherwise: 'ᾱ stays within (0, 1) beyond the ends.',
  of({ without: { signal, noise, value } }) {
    const problems = [
      signal.length ? `ᾱ is 0 or less ${allOf(signal)}, where there is no signal and γ is −∞` : '',
      noise.length ? `ᾱ is 1 or more ${allOf(noise)}, where there is no noise and γ is ∞` : '',
      value.length ? `γ has no value ${allOf(value)}` : '',
    ].filter(Boolean);
    if (!problems.length) return undefined;
    const sentence = `${problems.join('; ')}: the schedule leaves (0, 1).`;
    const facts = [{ id: 'range', title: 'Signal share', text: 'leaves (0, 1)', bad: 1 }];
    return { severity: 'warning', sentence, figures: timesOf([...signal, ...noise, ...value]), facts };
  },
};

const windowFact = (text: string, bad: number): Fact => ({ id: 'window', title: 't in the window', text, bad });

/** Whether anything can be computed on the window. */
export const windowShare: Diagnostic = {
  id: 'window',
  title: 'Window',
  summary: 'Which times lie in the window of log-SNR.',
  of({ window, settings, ends }) {
    const within = `|γ| ≤ ${formatNumber(settings.limit)}`;
    if (!window) {
      const [from, to] = ends.map((gamma) => formatNumber(gamma));
      const sentence = `No time lies in the window ${within}: γ runs from ${from} to ${to}, so nothing can be computed.`;
      return { severity: 'warning', sentence, figures: [], facts: [windowFact('none', Infinity)] };
    }
    const { start, end } = window;
    return {
      severity: end - start < 0.5 ? 'note' : 'info',
      sentence: `The window ${within} holds t from ${timeText(start)} to ${timeText(end)}.`,
      figures: [
        { name: 'start', value: start, unit: 't' },
        { name: 'end', value: end, unit: 't' },
      ],
      facts: [windowFact(`${timeText(start)} to ${timeText(end)}`, 1 - (end - start))],
    };
  },
};

const courseFact = (text: string, bad: number): Fact => ({ id: 'monotone', title: 'Course of γ', text, bad });

/** Whether gamma increases. */
export const monotone: Diagnostic = {
  id: 'monotone',
  title: 'Monotonicity',
  summary: 'Where γ falls or stands still.',
  of({ falls, flats, ends }) {
    if (falls.length) {
      const sentence = `γ falls ${allOf(falls)}, where time runs from data to noise and the loss weight is negative.`;
      return { severity: 'warning', sentence, figures: timesOf(falls), facts: [courseFact('falls', 2)] };
    }
    if (flats.length) {
      const sentence = `γ is constant ${allOf(flats)}, where the forward process stands still and the loss weight is 0.`;
      return { severity: 'note', sentence, figures: timesOf(flats), facts: [courseFact('stands still', 1)] };
    }
    const [from, to] = ends.map((gamma) => formatNumber(gamma));
    return {
      severity: 'info',
      sentence: `γ increases throughout, from ${from} to ${to}.`,
      figures: [],
      facts: [courseFact('increases', 0)],
    };
  },
};
