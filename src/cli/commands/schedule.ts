import { diagnose } from '../../core/diagnostics';
import { formatNumber } from '../../core/format';
import { InputError } from '../../core/problem';
import { evaluate, quantities } from '../../core/quantities';
import { uniform } from '../../core/sampling';
import {
  checkValues,
  createSchedule,
  defaults,
  scheduleFamily,
  type ScheduleFamily,
  type Values,
} from '../../core/schedules';
import { parse, toNumber } from '../arguments';
import { CONTEXT_USAGE, contextOptions, findingText, readContext } from '../context';
import { toJson, toTable } from '../output';
import type { CliCommand } from '.';

const USAGE = `schedule ID [--param k=v …] [--at t1,t2,… | --diagnose] [--json]\n  ${CONTEXT_USAGE}`;

const keys = ['t', ...quantities.map((row) => row.key)] as const;

/** `noprop schedule`: every quantity of a schedule at the times asked for, or what is found of it, as text or as JSON in full precision. */
export const schedule: CliCommand = {
  name: 'schedule',
  usage: USAGE,
  summary:
    'Every quantity of a schedule at times from 0 (noise) to 1 (data); eleven times unless --at names others; --diagnose says in words what follows from the schedule.',
  run(args) {
    const { subject, values } = parse(
      args,
      {
        param: { type: 'string', multiple: true },
        at: { type: 'string' },
        diagnose: { type: 'boolean' },
        json: { type: 'boolean' },
        ...contextOptions,
      },
      USAGE,
    );
    const family = scheduleFamily(subject);
    const params = readParams(family, values.param ?? []);
    const made = createSchedule(subject, params);
    const curves = evaluate(made, readTimes(values.at));
    const findings = diagnose(made, readContext(values));
    const rows = Array.from(curves.t, (_, i) => Object.fromEntries(keys.map((key) => [key, curves[key][i]!])));
    const table = () => toTable([keys, ...rows.map((row) => keys.map((key) => formatNumber(row[key]!)))]);
    const text = values.diagnose ? findingText(findings) : table();
    process.stdout.write(values.json ? toJson({ schedule: subject, params, rows, diagnostics: findings }) : text);
  },
};

function readParams(family: ScheduleFamily, pairs: readonly string[]): Values {
  const names = Object.keys(family.parameters);
  const given = pairs.map((pair) => {
    const [key, text] = pair.split(/=(.*)/s) as [string, string?];
    if (text === undefined) throw new InputError(`--param takes name=value: got "${pair}"`);
    if (!names.includes(key))
      throw new InputError(`${family.id} has no parameter "${key}": it takes ${names.join(', ')}`);
    return [key, Number(text.trim() || NaN)];
  });
  const params = { ...defaults(family), ...Object.fromEntries(given) } as Values;
  const problems = checkValues(family, params);
  if (problems.length) throw new InputError(problems.map(({ message }) => `${family.id}: ${message}`).join('\n'));
  return params;
}

function readTimes(text: string | undefined): Float64Array {
  if (text === undefined) return uniform(0, 1, 11);
  return Float64Array.from(text.split(','), (part) => {
    const t = toNumber('--at', part);
    if (t < 0 || t > 1) throw new InputError(`--at must hold times from 0 (noise) to 1 (data): got ${part}`);
    return t;
  });
}
