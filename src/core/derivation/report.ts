import { formatNumber } from '../text/format';
import type { DerivationRow } from './check';
import type { Measure } from './measure';
import { VERDICTS, type Verdict } from './verdict';

/** A row as tables and files have it; null where there is nothing. */
export interface FlatRow {
  readonly eq: string;
  readonly verdict: Verdict;
  /** Largest relative difference of the printed form on the window. */
  readonly error: number | null;
  /** Order in dt of the printed form's local error; a rate has none. */
  readonly order: number | null;
  readonly corrected: string | null;
  readonly correctedError: number | null;
  readonly correctedOrder: number | null;
  readonly sentence: string;
}

/** LaTeX without the marks of what differs. */
export function plainLatex(latex: string): string {
  const start = latex.indexOf(MARK);
  if (start < 0) return latex;
  let depth = 1;
  let end = start + MARK.length;
  for (; depth; end++) depth += { '{': 1, '}': -1 }[latex[end]!] ?? 0;
  const inside = latex.slice(start + MARK.length, end - 1);
  return plainLatex(latex.slice(0, start) + inside + latex.slice(end));
}

const MARK = '\\differ{';

/** The row as tables and files have it. */
export const flatten = (row: DerivationRow): FlatRow => ({
  eq: row.equation.eq,
  verdict: row.verdict,
  error: row.printed?.error ?? null,
  order: row.printed?.order ?? null,
  corrected: row.equation.corrected === undefined ? null : plainLatex(row.equation.corrected),
  correctedError: row.corrected?.error ?? null,
  correctedOrder: row.corrected?.order ?? null,
  sentence: sentenceOf(row),
});

/** An order as shown: two decimals, and no minus before a zero. */
export const orderText = (order: number): string => (Math.round(order * 100) / 100 + 0).toFixed(2);

/** How a form does, as the end of a sentence. */
function outcome({ error, order }: Measure): string {
  const off = `off by ${formatNumber(error, 2)} times the true value`;
  if (error <= 1e-10) return `agrees to ${formatNumber(error, 2)}`;
  return order === undefined
    ? `is ${off}`
    : `is ${off} over the largest steps, with local error of order ${orderText(order)}`;
}

/** The result of a check, in a sentence. */
export function sentenceOf({ verdict, printed, corrected, equation }: DerivationRow): string {
  if (!printed) return equation.says;
  const own = `As printed it ${outcome(printed)}`;
  if (verdict === 'holds' || verdict === 'first order' || verdict === 'fails') return `${own}.`;
  if (printed.limit && verdict === 'approximation') {
    const orders = printed.limit.map(({ order }) => orderText(order)).join(' and ');
    const small = equation.check?.limit?.alphaBar ? '1 − ᾱ' : 'ᾱ';
    return `${own}; its differences vanish like powers ${orders} of ${small}.`;
  }
  const literal = verdict === 'notation' ? `Read to the letter it ${outcome(printed)}` : own;
  return corrected ? `${literal}; corrected it ${outcome(corrected)}.` : `${literal}.`;
}

const TITLES: Readonly<Record<Exclude<Verdict, 'holds' | 'first order'>, readonly [one: string, more: string]>> = {
  misprint: ['misprint', 'misprints'],
  notation: ['a slip of notation', 'slips of notation'],
  approximation: ['an approximation', 'approximations'],
  fails: ['failing', 'failing'],
  blank: ['blank', 'blank'],
};

/** How many equations have each verdict, and which, in a sentence. */
export function derivationSummary(rows: readonly DerivationRow[]): string {
  const of = (verdict: Verdict) => rows.filter((row) => row.verdict === verdict).map(({ equation }) => equation.eq);
  const [holds, first] = [of('holds').length, of('first order').length];
  const named = VERDICTS.flatMap((verdict) => {
    if (verdict === 'holds' || verdict === 'first order') return [];
    const eqs = of(verdict);
    return eqs.length ? [`${TITLES[verdict][eqs.length > 1 ? 1 : 0]}: ${eqs.join(', ')}`] : [];
  });
  return `${[`${holds} hold exactly, ${first} to first order`, ...named].join('; ')}.`;
}
