import { checkDerivation, flatten, orderText, derivationSummary, type FlatRow } from '../../core/derivation';
import { newExperiment, type Experiment } from '../../core/experiment/experiment';
import { entryLabel, entrySchedule } from '../../core/schedules/entry';
import { experimentWindow } from '../../core/experiment/experimentFlow';
import { formatNumber } from '../../core/text/format';
import { InputError } from '../../core/registry/problem';
import { newEntry } from '../../core/schedules/entry';
import { parseOptional } from '../arguments';
import { openExperiment, withWarnings } from '../experimentFile';
import { toTable } from '../textTable';
import { toJson } from '../../core/text/json';
import type { CliCommand } from './command';

const USAGE = 'check [FILE] [--schedule ID …] [--json]';

/** The family that is checked where neither a file nor an id is given. */
const DEFAULT = 'linear-gamma';

/** `noprop check`: every equation of the note, checked on schedules. */
export const check: CliCommand = {
  name: 'check',
  usage: USAGE,
  summary:
    `Checks every equation of the note on the first schedule of a file, or on its schedules with the given ids. ` +
    `Without a file the ids are those of families at their defaults (${DEFAULT}).`,
  async run(args, terminal) {
    const { positional, values } = parseOptional(
      args,
      { schedule: { type: 'string', multiple: true }, json: { type: 'boolean' } },
      USAGE,
    );
    const opened = positional === undefined ? undefined : await openExperiment(positional, terminal);
    const { schedules, window } = opened
      ? chosen(opened.experiment, values.schedule)
      : { schedules: (values.schedule ?? [DEFAULT]).map(newEntry), window: newExperiment().window };
    const checks = schedules.map((entry, index) => {
      const { start, end } = experimentWindow({ schedules, window }, index);
      const rows = checkDerivation(entrySchedule(entry), { start, end });
      return {
        head: { schedule: entry.id, label: entryLabel(entry), window: { logSnr: window.logSnr, start, end } },
        summary: derivationSummary(rows),
        rows: rows.map(flatten),
      };
    });
    terminal.print(
      values.json
        ? toJson(
            withWarnings(
              {
                checks: checks.map(({ head, summary }) => ({ ...head, summary })),
                rows: checks.flatMap(({ head, rows }) => rows.map((row) => ({ schedule: head.schedule, ...row }))),
              },
              opened?.warnings ?? [],
            ),
          )
        : checks
            .map(({ head, summary, rows }) => {
              const { logSnr, start, end } = head.window;
              const times = `t from ${formatNumber(start)} to ${formatNumber(end)}, |log-SNR| up to ${logSnr}`;
              return `${head.label}: ${times}\n${summary}\n\n${table(rows)}`;
            })
            .join('\n'),
    );
  },
};

/** The schedules of a file that are asked for by id: its first where none is. */
function chosen({ schedules, window }: Experiment, ids: readonly string[] | undefined) {
  if (!ids) return { schedules: schedules.slice(0, 1), window };
  const known = [...new Set(schedules.map(({ id }) => id))];
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined)
    throw new InputError(`--schedule must name a schedule of the file (${known.join(', ')}): got "${unknown}"`);
  return { schedules: schedules.filter(({ id }) => ids.includes(id)), window };
}

const HEAD = ['eq', 'verdict', 'error', 'order', 'corrected error', 'order'];

const number = (value: number | null) => (value === null ? '–' : formatNumber(value, 2));
const order = (value: number | null) => (value === null ? '–' : orderText(value));

/** The rows in columns, and the corrected forms below. */
function table(rows: readonly FlatRow[]): string {
  const cells = rows.map((row) => [
    row.eq,
    row.verdict,
    number(row.error),
    order(row.order),
    number(row.correctedError),
    order(row.correctedOrder),
  ]);
  const forms = rows.flatMap(({ eq, corrected }) => (corrected === null ? [] : [[eq, corrected]]));
  return `${toTable([HEAD, ...cells], 2)}\nCorrected forms:\n${toTable(forms, 2)}`;
}
