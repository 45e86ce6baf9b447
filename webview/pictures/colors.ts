import type { Theme } from '../plot/theme';

/** The colour of the k-th of things that have no order of their own: classes, parts of the data. */
export const colorOf = ({ series }: Theme, k: number): string => series[k % series.length]!;
