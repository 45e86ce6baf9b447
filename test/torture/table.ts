import type { Fault, Outcome } from './fault';

/** A fault and what it came to; none where this machine cannot do it. */
export interface Row {
  readonly fault: Fault;
  /** How often it should have been done. */
  readonly asked: number;
  readonly outcome?: Outcome;
  readonly skipped?: string | undefined;
}

const pauseText = (ms: number) =>
  ms < 1000 ? `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;

const number = (n: number) => n.toLocaleString('en');

const timesText = (times: number, asked: number) =>
  times < asked ? `${number(times)} of ${number(asked)}` : number(times);

/** The table of a run in Markdown. */
export function tableText(rows: readonly Row[]): string {
  const head = ['fault', 'what is done', 'times', 'lost', 'recovered', 'longest pause', 'note'];
  const cells = rows.map(({ fault, asked, outcome, skipped }) =>
    outcome
      ? [
          fault.name,
          fault.what,
          timesText(outcome.times, asked),
          outcome.lost,
          outcome.recovered,
          pauseText(outcome.longest),
          outcome.failures.length
            ? `**${number(outcome.failures.length)} did not hold** ${outcome.note ?? ''}`
            : (outcome.note ?? ''),
        ]
      : [fault.name, fault.what, '0', '', '', '', `not done: ${skipped}`],
  );
  const line = (row: readonly string[]) => `| ${row.map((cell) => cell.replaceAll('|', '\\|').trim()).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...cells.map(line), ''].join('\n');
}
