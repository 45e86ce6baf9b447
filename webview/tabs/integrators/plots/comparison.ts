import { isMeasured, normOf } from '../../../../src/core/compare';
import { integratorOf, integrators } from '../../../../src/core/integrators';
import type { ComparedRow, Comparison } from '../../../../src/core/compare/comparison';
import type { Theme } from '../../../plot/theme';
import type { Band, Marker, Picture, Series } from '../../../pictures/picture';

/** Methods keep their marker everywhere. */
const MARKERS: readonly Marker[] = ['circle', 'square', 'triangle', 'diamond', 'cross'];

/** Lines past one pass through the colours are dashed, so that no two are alike. */
const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 2, 2, 2]];

/** What a row costs: calls of u for each path, or the time that all paths took. */
export const costs = [
  { id: 'evaluations', title: 'Evaluations', axis: 'evaluations of u a path' },
  { id: 'milliseconds', title: 'Milliseconds', axis: 'milliseconds for all paths, on this machine' },
] as const;

export type Cost = (typeof costs)[number]['id'];

/** How the errors of a comparison are measured, in words. */
export const normTitle = ({ norm }: Pick<Comparison, 'norm'>) => `${normOf(norm).title} error`;

/** How the line of a method on a grid is drawn, by its place in the picture; the method it is may be lifted above the others. */
function lookOf(
  theme: Theme,
  integrator: string,
  i: number,
  lifted: string | undefined,
): Omit<Series, 'label' | 'x' | 'y'> {
  const index = integrators.findIndex(({ id }) => id === integrator);
  return {
    // The marker is the method's own; colours go by the order in the picture, so that few lines never share one.
    color: theme.series[i % theme.series.length]!,
    dash: DASHES[Math.floor(i / theme.series.length) % DASHES.length],
    marker: MARKERS[index % MARKERS.length]!,
    width: lifted === integrator ? 3 : 1.75,
    opacity: lifted === undefined || lifted === integrator ? 1 : 0.35,
  };
}

/** The lines of a comparison: a method on a grid each, with its rows by what they cost. */
function linesOf({ rows, slopes }: Comparison, cost: Cost) {
  const grids = new Set(slopes.map(({ grid }) => grid));
  return slopes.flatMap((slope) => {
    const { integrator, grid, gridTitle } = slope;
    const own = rows.filter((row) => row.integrator === integrator && row.grid === grid && isMeasured(row));
    const name = `${integratorOf(integrator).title}${grids.size > 1 ? `, ${gridTitle.toLowerCase()}` : ''}`;
    return own.length ? [{ ...slope, name, rows: [...own].sort((a, b) => a[cost] - b[cost]) }] : [];
  });
}

/** Error against cost, a line for each method on each grid; standard errors are bands. */
export function precisionPicture(value: Comparison, theme: Theme, lifted: string | undefined, cost: Cost): Picture {
  const lines = linesOf(value, cost);
  const x = (rows: readonly ComparedRow[]) => rows.map((row) => row[cost]);
  const series = lines.map(({ integrator, name, order, nominal, rows }, i) => ({
    label: `${name}: order ${order === undefined ? '–' : order.toFixed(2)} (nominal ${nominal})`,
    x: x(rows),
    y: rows.map(({ error }) => error),
    ...lookOf(theme, integrator, i, lifted),
  }));
  const bands = lines.flatMap(({ rows }, i): Band[] => {
    const drawn = rows.filter(({ sampling }) => (sampling ?? 0) > 0);
    if (!drawn.length) return [];
    const at = (sign: number) => drawn.map(({ error, sampling }) => Math.max(error + sign * sampling!, error / 10));
    return [{ x: x(drawn), low: at(-1), high: at(1), color: series[i]!.color, opacity: 0.15 }];
  });
  return { ...axesOf(cost), y: { title: normTitle(value), log: true }, series, bands };
}

/** Accuracy against cost; the band spans the seeds. */
export function accuracyPicture(value: Comparison, theme: Theme, lifted: string | undefined, cost: Cost): Picture {
  const lines = linesOf(value, cost);
  const series = lines.map(({ integrator, name, rows }, i) => ({
    label: name,
    x: rows.map((row) => row[cost]),
    y: rows.map(({ accuracy }) => accuracy ?? NaN),
    ...lookOf(theme, integrator, i, lifted),
  }));
  const bands = lines.flatMap(({ rows }, i): Band[] => {
    const several = rows.filter(({ accuracies = [] }) => accuracies.length > 1);
    if (!several.length) return [];
    const over = (pick: (...values: number[]) => number) => several.map(({ accuracies }) => pick(...accuracies!));
    return [{ x: several.map((row) => row[cost]), low: over(Math.min), high: over(Math.max), color: series[i]!.color, opacity: 0.15 }]; // prettier-ignore
  });
  return { ...axesOf(cost), y: { title: 'test accuracy', most: 1 }, series, bands };
}

const axesOf = (cost: Cost) => ({ x: { title: costs.find(({ id }) => id === cost)!.axis, log: true } });
