import type { Scale } from 'chart.js';
import { placeOn, valueOn, type AxisSpec } from './axis';
import type { Frame } from './marks/mark';
import type { Area } from './pen';
import type { Theme } from './theme';

/** The straight line by which a scale of chart.js lays places out: pixel = at + slope * place. */
function lineOf(scale: Scale): { readonly at: number; readonly slope: number } {
  const { min, max } = scale;
  const first = scale.getPixelForValue(min);
  const slope = (scale.getPixelForValue(max) - first) / (max - min);
  return { at: first - slope * min, slope };
}

/**
 * Pixels of values over two linear scales of chart.js. A curve has thousands of points, and a scale's own
 * `getPixelForValue` costs several calls a point; two of them give the line that all lie on.
 */
export function frameOf(
  area: Area,
  scales: { x: Scale; y: Scale },
  axes: { x: AxisSpec; y: AxisSpec },
  theme: Theme,
): Frame {
  const x = lineOf(scales.x);
  const y = lineOf(scales.y);
  const { left, top, right, bottom } = area;
  return {
    area: { left, top, right, bottom },
    theme,
    x: axes.x.log ? (value) => x.at + x.slope * placeOn(axes.x, value) : (value) => x.at + x.slope * value,
    y: axes.y.log ? (value) => y.at + y.slope * placeOn(axes.y, value) : (value) => y.at + y.slope * value,
    xAt: (pixel) => valueOn(axes.x, (pixel - x.at) / x.slope),
    yAt: (pixel) => valueOn(axes.y, (pixel - y.at) / y.slope),
  };
}
