import { dynamicsExplanations as explanations } from '../../../../src/core/dynamics/explanations';
import { dynamicsStroke } from '../../../plot/dynamicsStroke';
import { band } from '../../../plot/marks/band';
import { line } from '../../../plot/marks/line';
import { shadeOutside } from '../../../plot/marks/shade';
import type { PlotSpec } from '../../../plot/spec';
import type { Stroke } from '../../../plot/strokes';
import { xAxisOf, TIME } from '../timeAxis';
import type { ShownDynamics } from './shownDynamics';

interface Curve extends Stroke {
  readonly label: string;
  readonly y: Float64Array;
}

const EXACT = { id: 'noprop-forward', noise: false };

function attractorCurves({ paths, theme }: ShownDynamics): [attractor: Curve, target: Curve, lag: Curve] {
  const { attractor, target, lag } = paths.curves;
  const { color } = dynamicsStroke(theme, EXACT);
  return [
    { label: 'attractor sech(Δ/2)', y: attractor, color, dash: [] },
    { label: 'target √ᾱ', y: target, color: theme.foreground, dash: [6, 3] },
    { label: 'lag', y: lag, color, dash: [2, 2] },
  ];
}

function errorCurves({ paths, theme }: ShownDynamics): Curve[] {
  const { rateError, rateAsymptote, pointError, pointAsymptote } = paths.curves;
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

/** What both plots have in common: curves over the x axis of the tab. */
function overTime(shown: ShownDynamics, curves: readonly Curve[]) {
  const { axis, curveX, paths } = shown;
  return {
    x: xAxisOf(axis),
    view: TIME,
    problem: paths.problem,
    lines: curves.map((curve) => line({ ...curve, x: curveX })),
    shade: shadeOutside(axis.inside, axis.full),
    numbers: () => ({
      names: ['t', 'γ', axis.symbol, ...curves.map(({ label }) => label)],
      columns: [paths.curves.times, paths.curves.logSnr, curveX, ...curves.map(({ y }) => y)],
    }),
  };
}

/** Where eq. 27 pulls, its target, and by how much the one leads. */
export function attractorSpec(shown: ShownDynamics): PlotSpec {
  const curves = attractorCurves(shown);
  const { lines, shade, ...rest } = overTime(shown, curves);
  const [attractor, target] = curves;
  const { label: key, color } = attractor;
  return {
    ...rest,
    id: 'attractor',
    title: 'Attractor and lag',
    about: 'Eq. 27 for u = 1: the point it pulls to leads its target by the lag.',
    y: { title: 'for u = 1', range: [0, 1] },
    marks: [shade, band({ key, x: shown.curveX, low: target.y, high: attractor.y, color, opacity: 0.14 }), ...lines],
    explanations: [explanations.attractor, explanations.lag],
  };
}

/** How far eqs. 28 and 28′ are from eq. 27. */
export function errorsSpec(shown: ShownDynamics): PlotSpec {
  const { lines, shade, ...rest } = overTime(shown, errorCurves(shown));
  return {
    ...rest,
    id: 'errors',
    title: 'Errors of eqs. 28 and 28′',
    about: 'Against eq. 27, with their asymptotes; the rate of 28′ is exact.',
    y: { title: 'relative error', log: true },
    marks: [shade, ...lines],
    explanations: [explanations.rateError, explanations.pointError],
  };
}
