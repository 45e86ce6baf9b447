import { formatNumber } from '../text/format';
import type { Diagnostic, DiagnosticResult, Fact, NamedNumber, Severity } from './diagnostic';

/** A fact of one schedule, beside the same fact of others. */
export interface FactCell extends Pick<Fact, 'text' | 'value' | 'bars'> {
  readonly severity: Severity;
  /** What it means, in a sentence. */
  readonly sentence: string;
  /** The figures of which the text is the sum, where they make a table. */
  readonly figures?: readonly NamedNumber[] | undefined;
  /** Whether it is worse than another of its row, and none is worse. */
  readonly worst: boolean;
}

/** One fact of every schedule: a cell each. */
export interface FactRow {
  readonly id: string;
  readonly title: string;
  readonly cells: readonly FactCell[];
}

type Found = DiagnosticResult & Pick<Diagnostic, 'id' | 'title'>;

/** Facts that differ by less than this share of them are equally bad: they read alike. */
const ALIKE = 1e-3;

/** The facts of a result: its own, else its first figure. */
function factsOf({ id, title, figures: [first], facts, severity }: Found): readonly Fact[] {
  if (facts) return facts;
  return [first ? { id, title, text: formatNumber(first.value), value: first.value } : { id, title, text: severity }];
}

/** What was found of several schedules as a table: rows are facts, in the order of the diagnostics, and cells schedules. */
export function factTable(diagnostics: readonly Diagnostic[], found: readonly (readonly Found[])[]): FactRow[] {
  return diagnostics.flatMap(({ id, otherwise = 'Nothing is found here.' }) => {
    const results = found.map((all) => all.find((one) => one.id === id));
    const all = results.flatMap((result) => (result ? factsOf(result) : []));
    const titles = new Map([...all].reverse().map((fact) => [fact.id, fact.title]));
    const ids = [...new Set(all.map((fact) => fact.id))];
    return ids.map((factId): FactRow => {
      const facts = results.map((result) => result && factsOf(result).find((one) => one.id === factId));
      const bads = facts.flatMap((fact) => (fact?.bad === undefined ? [] : [fact.bad]));
      const worst = Math.max(...bads);
      const isWorst = (bad: number) => bad === worst || bad > worst * (1 - ALIKE);
      const differ = bads.some((bad) => !isWorst(bad));
      const cells = facts.map((fact, i): FactCell => {
        if (!fact) return { text: '–', severity: 'info', sentence: otherwise, worst: false };
        const { severity, sentence, figures, tabular } = results[i]!;
        return {
          ...fact,
          severity,
          sentence,
          figures: tabular ? figures : undefined,
          worst: differ && fact.bad !== undefined && isWorst(fact.bad),
        };
      });
      return { id: factId, title: titles.get(factId)!, cells };
    });
  });
}
