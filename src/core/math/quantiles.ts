/** Quantiles at ascending shares (0 to 1) of values sorted upwards, linear between two (Hyndman and Fan, type 7). */
export function quantiles(sorted: Float64Array, shares: readonly number[]): Float64Array {
  return Float64Array.from(shares, (share) => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!];
    return low + (high - low) * (place - below);
  });
}
