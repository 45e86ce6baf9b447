import { defineNorm } from './norm';
import { differences, meanError, rms } from './statistics';

export const rootMeanSquare = defineNorm({
  id: 'rms',
  title: 'RMS',
  summary: 'Root mean square over all paths and coordinates.',
  phrase: 'an error',
  distance: (z, exact) => rms(differences(z, exact)),
  standardError(z, exact, d) {
    const gaps = differences(z, exact);
    const error = rms(gaps);
    const squares = gaps.map((gap) => gap * gap);
    // Of the root by its slope; the coordinates of a path count as its own.
    return error ? (meanError(squares, 1) * Math.sqrt(d)) / (2 * error) : 0;
  },
});
