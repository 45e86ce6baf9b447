/** The smallest, middle, 95 % and largest of some values; at least one. */
export function quantiles(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * (sorted.length - 1))]!;
  return { best: at(0), median: at(0.5), p95: at(0.95), worst: at(1) };
}
