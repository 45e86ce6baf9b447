import { formatNumber } from '../text/format';
import type { Schedule } from '../schedules';
import type { Diagnostic, Fact } from './diagnostic';
import { timeText, type ScheduleFeatures } from './scheduleFeatures';

/** How gamma' behaves at an end. */
export interface Pole {
  /**
   * `simple`: gamma' ~ coefficient / distance. `fast`, `slow`: gamma is infinite, but gamma' grows faster or more
   * slowly than that. `integrable`: gamma' is infinite, gamma is not. `none`: gamma' is finite.
   */
  readonly kind: 'simple' | 'fast' | 'slow' | 'integrable' | 'none';
  /** The limit of distance times gamma': Infinity where it is fast, 0 where it is not a pole. */
  readonly coefficient: number;
  /** Where it stands: the end, or the time at which there begins to be signal, or ends to be noise. */
  readonly at: number;
}

/**
 * Distances as powers of two, three in geometric progression, at which to look for the limit. The finest see the
 * slowest corrections; the coarsest are for curves that keep few digits near the end. Times near 1 have no finer ones.
 */
const FINEST = [60, 80, 100];
const LEVELS = [
  [30, 35, 40],
  [16, 19, 22],
  [10, 12, 14],
];

/** The pole of gamma' at an end, from gamma' near it. */
export function poleAt({ schedule, ends, without }: ScheduleFeatures, end: 0 | 1): Pole {
  const at =
    (end === 0 ? without.signal.find(({ from }) => from === 0)?.to : without.noise.find(({ to }) => to === 1)?.from) ??
    end;
  if (Number.isFinite(ends[end])) {
    const infinite = !Number.isFinite(schedule.logSnrRate(end));
    return { kind: infinite ? 'integrable' : 'none', coefficient: 0, at };
  }
  const tried = (at === 0 ? [FINEST, ...LEVELS] : LEVELS)
    .map((powers) => limit(powers.map((power) => scaled(schedule, at, end, 2 ** -power))))
    .filter(({ spread }) => Number.isFinite(spread));
  const [best] = [...tried].sort((a, b) => a.spread - b.spread);
  if (best && best.spread < 0.02 && best.steady) return { kind: 'simple', coefficient: best.value, at };
  const grows = tried.length > 0 && tried[0]!.last > tried.at(-1)!.first;
  return grows ? { kind: 'fast', coefficient: Infinity, at } : { kind: 'slow', coefficient: 0, at };
}

const scaled = ({ logSnrRate }: Schedule, at: number, end: 0 | 1, distance: number) =>
  distance * logSnrRate(end === 0 ? at + distance : at - distance);

/** The limit of a sequence whose error falls by one factor (Aitken's), and how much its terms differ. */
function limit(terms: readonly number[]) {
  const [a, b, c] = terms as [number, number, number];
  const [before, after] = [b - a, c - b];
  const ratio = before === 0 ? 0 : after / before;
  const spread = Math.abs(after / c);
  // Next to rounding, the terms themselves are the limit.
  const steady = spread < 1e-6 || (ratio > 0 && ratio < 0.65);
  return { value: spread < 1e-9 || !steady ? c : c + (after * ratio) / (1 - ratio), spread, steady, first: a, last: c };
}

/** The distance from a pole, as in c/(1 − t). */
function distance({ at }: Pole, end: 0 | 1): string {
  if (end === 0) return at === 0 ? 't' : `(t − ${formatNumber(at)})`;
  return at === 1 ? '(1 − t)' : `(${formatNumber(at)} − t)`;
}

function phrase(pole: Pole, end: 0 | 1, rate: number): string {
  const at = `at t = ${timeText(pole.at)}`;
  const from = distance(pole, end);
  switch (pole.kind) {
    case 'simple':
      return `a simple pole ${at}, γ′ ≈ ${formatNumber(pole.coefficient)}/${from}`;
    case 'fast':
      return `more than a simple pole ${at}: it grows faster than any c/${from}`;
    case 'slow':
      return `less than a simple pole ${at}: γ is infinite, but γ′ grows more slowly than any c/${from}`;
    case 'integrable':
      return `no pole ${at}, where it is infinite but γ is not`;
    case 'none':
      return `no pole ${at}, where it is ${formatNumber(rate)}`;
  }
}

/** How bad a pole is beside others: by its kind, and simple ones by their coefficient. */
const RANKS: Readonly<Record<Pole['kind'], number>> = { none: 0, integrable: 1, slow: 2, simple: 3, fast: Infinity };

function poleFact(pole: Pole, end: 0 | 1, rate: number): Fact {
  const { kind, coefficient } = pole;
  const from = distance(pole, end);
  const texts: Readonly<Record<Pole['kind'], string>> = {
    none: formatNumber(rate),
    integrable: '∞, integrable',
    slow: `below any c/${from}`,
    simple: `${formatNumber(coefficient)}/${from}`,
    fast: `above any c/${from}`,
  };
  return { id: `pole${end}`, title: `γ′ at t = ${end}`, text: texts[kind], bad: RANKS[kind] + coefficient };
}

/** Where gamma' is infinite, and how. */
export const poles: Diagnostic = {
  id: 'poles',
  title: 'Poles of γ′',
  summary: 'Where γ′ is infinite, and how fast it grows there.',
  of(features) {
    const { schedule } = features;
    const both = ([0, 1] as const).map((end) => poleAt(features, end));
    const phrases = both.map((pole, end) => phrase(pole, end as 0 | 1, schedule.logSnrRate(end)));
    const odd = both.some(({ kind }) => kind === 'fast' || kind === 'slow' || kind === 'integrable');
    return {
      severity: odd || both[1]!.coefficient >= 2 ? 'note' : 'info',
      sentence: `γ′ has ${phrases.join(', and ')}.`,
      figures: both.map(({ coefficient }, end) => ({
        name: `coefficient at t = ${end}`,
        value: coefficient,
        unit: '1',
      })),
      facts: both.map((pole, end) => poleFact(pole, end as 0 | 1, schedule.logSnrRate(end))),
    };
  },
};
