/** Two ends, the lower first. */
export type Range = readonly [number, number];
