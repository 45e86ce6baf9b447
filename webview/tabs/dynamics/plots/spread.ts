import { html } from 'lit';
import { dynamicsExplanations as explanations } from '../../../../src/core/dynamics/explanations';
import { formatNumber } from '../../../../src/core/text/format';
import { valueAlong, type Place } from '../../../pictures/along';
import type { Card } from '../../../pictures/card';
import type { Series } from '../../../pictures/picture';
import type { AtCursor, Line, Scene } from './scene';

/** The gap of a dynamics from another at every time; the common start has no place on a log axis. */
const gapOf = ({ picture }: Scene, base: number, { index }: Line): Float64Array => {
  const { gaps, rows, times } = picture;
  const from = (base * rows.length + index) * times.length;
  return gaps.slice(from, from + times.length);
};

/** How far the dynamics are from one of them, which `choose` changes. */
export function gapCard(scene: Scene, base: Line, choose: (key: string) => void): Omit<Card, 'look' | 'readings'> {
  const { axis, lines, all, x } = scene;
  const others = lines.filter(({ index }) => index !== base.index);
  const series = others.map((line): Series => ({
    label: line.label,
    x,
    y: gapOf(scene, base.index, line).map((value) => value || NaN),
    ...line.stroke,
  }));
  return {
    id: 'gap',
    title: 'Gap',
    about: others.length
      ? 'Root mean square distance over all paths.'
      : 'The distance of two dynamics appears here once another is ticked beside the chosen one.',
    picture: {
      x: { title: axis.title, powers: axis.powers, range: axis.full },
      y: { title: 'RMS distance', log: true },
      inside: axis.inside,
      series,
    },
    choice: html`<label class="base"
      ><span>from</span
      ><select
        data-testid="base"
        aria-label="Gap from"
        @change=${({ target }: Event) => choose((target as HTMLSelectElement).value)}
      >
        ${all.map(({ key, label }) => html`<option value=${key} .selected=${key === base.key}>${label}</option>`)}
      </select></label
    >`,
    numbers: () => ({
      names: ['t', 'γ', axis.symbol, ...others.map(({ label }) => `gap of ${label} from ${base.label}`)],
      columns: [scene.picture.times, scene.picture.logSnr, x, ...others.map((line) => gapOf(scene, base.index, line))],
    }),
    explanations: [explanations.gap],
    keyed: false,
  };
}

export const gapAt = (scene: Scene, base: Line, { step }: { readonly step: Place }): AtCursor =>
  atCursor(
    scene,
    step,
    scene.lines.filter(({ index }) => index !== base.index),
    (line) => gapOf(scene, base.index, line),
  );

const TRUTH = 'q(z_t)';

/** The variance of each dynamics over its paths, exact where there is a closed form, and that of the process. */
export function varianceCard(scene: Scene): Omit<Card, 'look' | 'readings'> {
  const { picture, axis, lines, theme, x } = scene;
  const { times, logSnr, truth, d } = picture;
  const process: Series = {
    label: TRUTH,
    x,
    y: truth.variance,
    color: theme.foreground,
    width: 6,
    opacity: theme.contrast ? 0.5 : 0.22,
  };
  const samples = lines.map((line): Series => ({ label: line.label, x, y: line.row.variance, ...line.stroke }));
  const exact = lines.flatMap(({ row, stroke }): Series[] => {
    const { theory } = row;
    if (!theory) return [];
    const places = Float64Array.from(theory.steps, (k) => x[k]!);
    return [{ label: '', x: places, y: theory.variance, color: stroke.color, marker: 'dot', line: false, guide: true }];
  });
  const theories = lines.filter(({ row }) => row.theory);
  return {
    id: 'variance',
    title: `Variance${d > 1 ? ', mean over coordinates' : ''}`,
    about: `Over ${picture.n} paths; the wide line is q(z_t), what noisy data have${exact.length ? '; dots are exact' : ''}.`,
    picture: {
      x: { title: axis.title, powers: axis.powers, range: axis.full },
      y: { title: 'variance', log: true },
      inside: axis.inside,
      series: [process, ...samples, ...exact],
    },
    numbers: () => ({
      names: [
        't',
        'γ',
        axis.symbol,
        TRUTH,
        ...lines.map(({ label }) => `sample, ${label}`),
        ...theories.map(({ label }) => `exact, ${label}`),
      ],
      columns: [
        times,
        logSnr,
        x,
        truth.variance,
        ...lines.map(({ row }) => row.variance),
        ...theories.map(({ row }) => {
          const column = times.map(() => NaN);
          row.theory!.steps.forEach((k, i) => (column[k] = row.theory!.variance[i]!));
          return column;
        }),
      ],
    }),
    explanations: [explanations.variance, explanations.collapse],
    keyed: false,
  };
}

export const varianceAt = (scene: Scene, { step }: { readonly step: Place }): AtCursor =>
  atCursor(scene, step, scene.lines, ({ row }) => row.variance);

function atCursor({ x }: Scene, step: Place, lines: readonly Line[], values: (line: Line) => Float64Array): AtCursor {
  const rows = lines.map((line) => ({ line, y: valueAlong(values(line), step) }));
  return {
    marks: rows.map(({ line, y }) => ({ x: valueAlong(x, step), y, color: line.stroke.color })),
    readings: rows.map(({ line, y }) => ({ label: line.label, text: formatNumber(y), ...line.stroke })),
  };
}
