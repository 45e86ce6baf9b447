import { sigmoid } from '../math/stable';
import { panel } from '../math/quadrature';

/** Mean (as a multiple of z_T) and variance of z_t, and the noise added since z_T. */
export interface Moments {
  readonly mean: number;
  readonly variance: number;
  readonly noise: number;
}

/** delta dt = (1 - alphaBar) dgamma: the noise added per nat, whatever the schedule. */
const noisePerNat = (logSnr: number) => sigmoid(-logSnr);

/** Carries the moments of eq. 1 from gamma down to a smaller one at most a nat away, by quadrature. */
function carry({ variance, noise }: Moments, from: number, to: number): Moments {
  const added = panel(noisePerNat, to, from);
  // Ito's isometry: each piece of noise, reduced by the drift since then.
  const fresh = panel((g) => noisePerNat(g) * Math.exp(-panel(noisePerNat, to, g)), to, from);
  const total = noise + added;
  return { mean: Math.exp(-total / 2), variance: Math.exp(-added) * variance + fresh, noise: total };
}

/** Where the noise since z_T is e^-gamma to the last bit, in nats. */
const CLEAN = 80;

const kept = new Map<number, Moments>();

/** The moments at a whole number of nats, from the clean end downwards. */
function atNat(logSnr: number): Moments {
  let at = logSnr;
  while (!kept.has(at) && at < CLEAN) at++;
  let found = kept.get(at) ?? { mean: 1, variance: Math.exp(-at), noise: Math.exp(-at) };
  for (; at > logSnr; at--) {
    found = carry(found, at, at - 1);
    kept.set(at - 1, found);
  }
  return found;
}

/**
 * The moments of z_t given z_T at gamma(t) <= 80: the mean by the integral of the drift of eq. 1, the variance by Ito's
 * isometry, both by quadrature in gamma from the clean end, where neither poles nor kinks of a schedule cost digits.
 */
export function momentsAt(logSnr: number): Moments {
  const above = Math.ceil(logSnr);
  return carry(atNat(above), above, logSnr);
}
