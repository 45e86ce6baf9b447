import { defineNorm } from './norm';
import { coordinateMoments, differences, meanError, rms } from './statistics';

export const ofMean = defineNorm({
  id: 'mean',
  title: 'Mean',
  summary: 'Weak: the difference of the means over the paths, RMS over coordinates.',
  phrase: 'an error in the mean',
  distance: (z, exact, d) => rms(coordinateMoments(differences(z, exact), d).mean),
  standardError: (z, exact, d) => meanError(differences(z, exact), d),
  lawDistance: (law, exact) => Math.abs(law.mean - exact.mean),
});
