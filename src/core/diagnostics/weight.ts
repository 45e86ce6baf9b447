import { formatNumber, superscript } from '../text/format';
import { snrGain } from '../process/marginals';
import type { Diagnostic, Fact } from './diagnostic';
import { NOT_COMPUTED } from './scheduleFeatures';
import { HIGHEST, LOWEST, type DecadeWeight } from './decadeWeights';

const powerText = (power: number) => (Math.abs(power) <= 2 ? String(10 ** power) : `10${superscript(power)}`);

const decadeName = ({ power }: DecadeWeight) => {
  const [from, to] = [power, power + 1].map(powerText);
  if (power < LOWEST) return `below ${to}`;
  return power === HIGHEST ? `above ${from}` : `${from} to ${to}`;
};

/** The share of the loss weight from which one decade has the most of it. */
const CONCENTRATED = 0.5;

/** Where in SNR the loss has its weight. */
export const decades: Diagnostic = {
  id: 'decades',
  title: 'Loss weight by decade of SNR',
  summary: 'Which decade of SNR has most of the loss weight.',
  otherwise: NOT_COMPUTED,
  of({ decadeWeights, settings }) {
    const total = decadeWeights.reduce((sum, { weight }) => sum + weight, 0);
    if (!(total > 0)) return undefined;
    const most = decadeWeights.reduce((a, b) => (b.weight > a.weight ? b : a));
    const percent = ({ weight }: DecadeWeight) => (100 * weight) / total;
    const concentrated = most.weight / total >= CONCENTRATED;
    const clean = most.power >= 2;
    const capped = settings.weightCap === Infinity ? '' : ` (SNR′ capped at ${formatNumber(settings.weightCap)})`;
    const advice =
      concentrated && clean
        ? ': z is nearly the target there, so little is left to learn; cap the weight or lower the SNR at t = 1'
        : '';
    return {
      severity: concentrated ? (clean ? 'warning' : 'note') : 'info',
      sentence: `${formatNumber(percent(most), 3)} % of the loss weight${capped} is in the decade of SNR ${decadeName(most)}${advice}.`,
      figures: decadeWeights.map((decade) => ({
        name: `SNR ${decadeName(decade)}`,
        value: percent(decade),
        unit: '%',
      })),
      tabular: true,
      facts: [
        {
          id: 'decades',
          title: 'Loss weight by decade of SNR',
          text: `${formatNumber(percent(most), 3)} % in ${decadeName(most)}`,
          bad: most.weight / total,
          bars: decadeWeights.map((decade) => ({ place: decade.power, share: decade.weight / total })),
        },
      ],
    };
  },
};

/** What the loss weight adds up to. */
export const weight: Diagnostic = {
  id: 'weight',
  title: 'Total loss weight',
  summary: 'The sum of the loss weight over the window, with its cap and without.',
  otherwise: NOT_COMPUTED,
  of({ schedule, window, decadeWeights, settings }) {
    if (!window || !decadeWeights.length) return undefined;
    const total = snrGain(schedule.logSnr(window.start), schedule.logSnr(window.end));
    const figures = [{ name: 'total', value: total, unit: '1' }];
    const sentence = `SNR′ adds up to ${formatNumber(total)} on the window`;
    const fact = (value: number, title: string): Fact => ({ id: 'weight', title, text: formatNumber(value), value });
    if (settings.weightCap === Infinity)
      return { severity: 'info', sentence: `${sentence}.`, figures, facts: [fact(total, 'Total loss weight')] };
    const capped = decadeWeights.reduce((sum, { weight: one }) => sum + one, 0);
    return {
      severity: 'info',
      sentence: `${sentence}, and to ${formatNumber(capped)} with SNR′ capped at ${formatNumber(settings.weightCap)}.`,
      figures: [...figures, { name: 'capped', value: capped, unit: '1' }],
      facts: [fact(capped, 'Total loss weight, capped')],
    };
  },
};
