import type { Measure } from './measure';

/** Verdicts, in the order of summaries. */
export const VERDICTS = ['holds', 'first order', 'misprint', 'notation', 'approximation', 'fails', 'blank'] as const;

export type Verdict = (typeof VERDICTS)[number];

/** What a verdict means, in words. */
export const VERDICT_RULES: Readonly<Record<Verdict, string>> = {
  holds: 'As printed it agrees with the independent computation to 10⁻¹⁰.',
  'first order':
    'As printed it is right to first order: its error over a step vanishes like dt² (measured order at least 1.8).',
  misprint: 'As printed it fails; the corrected form holds, exactly or to first order.',
  notation: 'Read to the letter it fails; the corrected form, which differs in notation only, passes.',
  approximation: 'Not exact, nor better for small steps: its error vanishes as ᾱ goes to its limit.',
  fails: 'Neither the printed form nor a correction passes on this window.',
  blank: 'The note has nothing under this number.',
};

/** The largest relative difference that is taken as rounding. */
export const EXACT = 1e-10;

/** The least order of the local error that is taken as 2, the order of an increment that is right to first order. */
export const FIRST = 1.8;

/** The least power by which an approximation's error must vanish. */
export const VANISHING = 0.4;

/** The numbers that decide, and whether the row says that its forms differ in notation only. */
export interface Evidence {
  readonly printed?: Measure | undefined;
  readonly corrected?: Measure | undefined;
  readonly notation: boolean;
}

/** The verdict, from the numbers alone. */
export function equationVerdict({ printed, corrected, notation }: Evidence): Verdict {
  if (!printed) return 'blank';
  const own = passes(printed);
  if (own) return own;
  if (printed.limit?.every(({ order }) => order >= VANISHING)) return 'approximation';
  if (!corrected || !passes(corrected)) return 'fails';
  return notation ? 'notation' : 'misprint';
}

/** Whether a form holds, or holds to first order. */
function passes({ error, order }: Measure): 'holds' | 'first order' | undefined {
  if (error <= EXACT) return 'holds';
  return order !== undefined && order >= FIRST ? 'first order' : undefined;
}
