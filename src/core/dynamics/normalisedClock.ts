import type { Clock } from './dynamics';

/** The clock of a dynamics between two log-SNRs, as a share of what passes on it between them. */
export interface NormalisedClock {
  /** (psi - psi_from) / (psi_to - psi_from), from 0 to 1. */
  readonly elapsed: (logSnr: number) => number;
  /** phi / (psi_to - psi_from): as d(phi z) = u d(psi), a path of factor z over share has the slope u. */
  readonly factor: (logSnr: number) => number;
}

/** A clock from one log-SNR to a higher one; computed from logarithms, because phi and psi overflow. */
export function normalisedClock({ logPhi, logPsi }: Clock, from: number, to: number): NormalisedClock {
  const [first, last] = [logPsi(from), logPsi(to)];
  /** psi - psi_from in units of psi_to. */
  const passed = (at: number) => Math.exp(at - last) * Math.abs(Math.expm1(first - at));
  const whole = passed(last);
  return {
    elapsed: (logSnr) => passed(logPsi(logSnr)) / whole,
    factor: (logSnr) => Math.exp(logPhi(logSnr) - last) / whole,
  };
}
