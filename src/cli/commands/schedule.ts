import { diagnose } from '../../core/diagnostics';
import { entrySchedule } from '../../core/schedules/entry';
import { formatNumber } from '../../core/text/format';
import { InputError } from '../../core/registry/problem';
import { evaluate, quantities } from '../../core/schedules/quantities';
import { uniform } from '../../core/math/spacing';
import { parse, toNumber } from '../arguments';
import { DIAGNOSTIC_USAGE, diagnosticOptions, diagnosticsText, readDiagnosticSettings } from '../diagnosticOptions';
import { withWarnings } from '../experimentFile';
import { importOptions, readImportChoice } from '../importOptions';
import { readScheduleEntry } from '../scheduleEntry';
import { toTable } from '../textTable';
import { toJson } from '../../core/text/json';
import type { CliCommand } from './command';

const USAGE =
  'schedule ID|preset:ID|FILE [--input k=v …] [--param k=v …] [--modifier ID[:k=v,…] …]\n' +
  `  [--as FORMAT] [--sequence-length N] [--at t1,t2,… | --diagnose] [--json]\n  ${DIAGNOSTIC_USAGE}`;

const keys = ['t', ...quantities.map((row) => row.key)] as const;

/** `noprop schedule`: every quantity of a schedule at the times asked for, or what is found of it, as text or as JSON in full precision. */
export const schedule: CliCommand = {
  name: 'schedule',
  usage: USAGE,
  summary:
    'Every quantity of a schedule at times from 0 (noise) to 1 (data): eleven times, or those of --at. --diagnose says in ' +
    'words what follows from the schedule. An input is an option, a formula, or a table: numbers, or @FILE with numbers, ' +
    'CSV or JSON. FILE is an experiment, of which it is the first schedule, or any file that `noprop import` reads; --as and ' +
    '--sequence-length are those of that command.',
  async run(args, terminal) {
    const several = { type: 'string', multiple: true } as const;
    const { positional, values } = parse(
      args,
      {
        param: several,
        input: several,
        modifier: several,
        at: { type: 'string' },
        diagnose: { type: 'boolean' },
        ...importOptions,
        json: { type: 'boolean' },
        ...diagnosticOptions,
      },
      USAGE,
    );
    const { entry, warnings } = await readScheduleEntry(positional, { ...values, ...readImportChoice(values) });
    for (const warning of warnings) terminal.warn(`noprop: warning: ${warning}\n`);
    const { id, params, inputs, modifiers } = entry;
    const made = entrySchedule(entry);
    const curves = evaluate(made, readTimes(values.at));
    // facts are these results over again, for a table of several schedules
    const diagnostics = diagnose(made, readDiagnosticSettings(values)).map((found) => ({ ...found, facts: undefined }));
    const rows = Array.from(curves.t, (_, i) => Object.fromEntries(keys.map((key) => [key, curves[key][i]!])));
    const table = () => toTable([keys, ...rows.map((row) => keys.map((key) => formatNumber(row[key]!)))]);
    const text = values.diagnose ? diagnosticsText(diagnostics) : table();
    terminal.print(
      values.json
        ? toJson(withWarnings({ schedule: id, params, inputs, modifiers, rows, diagnostics }, warnings))
        : text,
    );
  },
};

function readTimes(text: string | undefined): Float64Array {
  if (text === undefined) return uniform(0, 1, 11);
  return Float64Array.from(text.split(','), (part) => {
    const t = toNumber('--at', part);
    if (t < 0 || t > 1) throw new InputError(`--at must hold times from 0 (noise) to 1 (data): got ${part}`);
    return t;
  });
}
