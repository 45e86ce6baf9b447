import { dynamicsExplanations as explanations } from '../../../../src/core/dynamics/explanations';
import { formatNumber } from '../../../../src/core/text/format';
import { dynamicsStroke } from '../../../plot/dynamicsStroke';
import { valueAlong, type Place } from '../../../pictures/along';
import type { Card } from '../../../pictures/card';
import type { Series } from '../../../pictures/picture';
import type { AtCursor, Scene } from './scene';

type Curve = Pick<Series, 'label' | 'color'> & { readonly dash: readonly number[]; readonly y: Float64Array };

const EXACT = { id: 'noprop-forward', noise: false };

function attractorCurves({ picture, theme }: Scene): Curve[] {
  const { attractor, target, lag } = picture.curves;
  const { color } = dynamicsStroke(theme, EXACT);
  return [
    { label: 'attractor sech(Δ/2)', y: attractor, color, dash: [] },
    { label: 'target √ᾱ', y: target, color: theme.foreground, dash: [6, 3] },
    { label: 'lag', y: lag, color, dash: [2, 2] },
  ];
}

function errorCurves({ picture, theme }: Scene): Curve[] {
  const { rateError, rateAsymptote, pointError, pointAsymptote } = picture.curves;
  const rate = dynamicsStroke(theme, { id: 'near-end', noise: false });
  const point = dynamicsStroke(theme, { id: 'near-end-rate', noise: false });
  const limit = { color: theme.foreground, dash: [1, 3] };
  return [
    { label: 'rate of 28', y: rateError, ...rate },
    { label: '≈ (1−ᾱ)/2', y: rateAsymptote, ...limit },
    { label: 'fixed point of both', y: pointError, ...point },
    { label: '≈ (1−ᾱ)²/8', y: pointAsymptote, ...limit },
  ];
}

const seriesOf = ({ curveX }: Scene, curves: readonly Curve[]): Series[] =>
  curves.map((curve) => ({ ...curve, x: curveX }));

const numbersOf = ({ picture, axis, curveX }: Scene, curves: readonly Curve[]) => ({
  names: ['t', 'γ', axis.symbol, ...curves.map(({ label }) => label)],
  columns: [picture.curves.times, picture.curves.logSnr, curveX, ...curves.map(({ y }) => y)],
});

/** Where eq. 27 pulls, its target, and by how much the one leads. */
export function attractorCard(scene: Scene): Omit<Card, 'look' | 'readings'> {
  const { axis, curveX, picture } = scene;
  const curves = attractorCurves(scene);
  const { attractor, target } = picture.curves;
  return {
    id: 'attractor',
    title: 'Attractor and lag',
    about: 'Eq. 27 for u = 1: the point it pulls to leads its target by the lag.',
    picture: {
      x: { title: axis.title, powers: axis.powers, range: axis.full },
      y: { title: 'for u = 1', range: [0, 1] },
      inside: axis.inside,
      series: seriesOf(scene, curves),
      bands: [{ x: curveX, low: target, high: attractor, color: curves[0]!.color, opacity: 0.14 }],
    },
    numbers: () => numbersOf(scene, curves),
    explanations: [explanations.attractor, explanations.lag],
  };
}

/** How far eqs. 28 and 28′ are from eq. 27. */
export function errorsCard(scene: Scene): Omit<Card, 'look' | 'readings'> {
  const { axis } = scene;
  const curves = errorCurves(scene);
  return {
    id: 'errors',
    title: 'Errors of eqs. 28 and 28′',
    about: 'Against eq. 27, with their asymptotes; the rate of 28′ is exact.',
    picture: {
      x: { title: axis.title, powers: axis.powers, range: axis.full },
      y: { title: 'relative error', log: true },
      inside: axis.inside,
      series: seriesOf(scene, curves),
    },
    numbers: () => numbersOf(scene, curves),
    explanations: [explanations.rateError, explanations.pointError],
  };
}

const at = (scene: Scene, curves: readonly Curve[], curve: Place): AtCursor => ({
  marks: curves.map(({ y, color }) => ({ x: valueAlong(scene.curveX, curve), y: valueAlong(y, curve), color })),
  readings: curves.map(({ y, label, color, dash }) => ({
    label,
    text: formatNumber(valueAlong(y, curve)),
    color,
    dash,
  })),
});

export const attractorAt = (scene: Scene, { curve }: { readonly curve: Place }): AtCursor =>
  at(scene, attractorCurves(scene), curve);

export const errorsAt = (scene: Scene, { curve }: { readonly curve: Place }): AtCursor =>
  at(scene, errorCurves(scene), curve);
