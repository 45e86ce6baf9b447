import { formatNumber } from '../../core/format';
import { EQUATIONS } from '../../core/conclusion/result';
import { integratorOf } from '../../core/integrators';
import { parse, toNumber } from '../arguments';
import { openDesk } from '../desk';
import { readEntry } from '../entry';
import { Progress, toJson, toTable } from '../output';
import type { CliCommand } from '.';
import { InputError } from '../../core/problem';

const USAGE = 'conclude RUN [--schedule ID …] [--steps N,N,…] [--json]';

function readSteps(text: string): number[] {
  const steps = text.split(',').map((part) => toNumber('--steps', part));
  const wrong = steps.find((count) => !(Number.isInteger(count) && count >= 1 && count <= 100_000));
  if (wrong !== undefined)
    throw new InputError(`--steps must be whole numbers from 1 to 100000 between commas: got ${wrong}`);
  return [...new Set(steps)].sort((a, b) => a - b);
}

/** `noprop conclude`: the note's conclusion, tested on a run. */
export const concludeCommand: CliCommand = {
  name: 'conclude',
  usage: USAGE,
  summary: 'Whether eqs. 28 and 28′ have “minimal impact on final performance”: one run, three schedules.',
  async run(args) {
    const { subject, values } = parse(
      args,
      { schedule: { type: 'string', multiple: true }, steps: { type: 'string' }, json: { type: 'boolean' } },
      USAGE,
    );
    const schedules =
      values.schedule && (await Promise.all(values.schedule.map(async (id) => (await readEntry(id, {})).entry)));
    const steps = values.steps === undefined ? undefined : readSteps(values.steps);
    const bar = new Progress();
    const desk = await openDesk({ onConcluding: ({ done, total }) => bar.show(done / total, `${done} of ${total}`) });
    const made = await desk.conclude(subject, { schedules, steps });
    bar.end();
    if (values.json) return void process.stdout.write(toJson(made));
    process.stdout.write(`${made.problem}\n`);
    made.schedules.forEach(({ label }, schedule) => {
      const own = made.points.filter((point) => point.schedule === schedule);
      const lines = made.methods.flatMap((method) =>
        Object.keys(EQUATIONS).map((id) => [
          EQUATIONS[id]!,
          integratorOf(method).title,
          ...made.steps.map((count) => {
            const found = own.find((one) => one.dynamics === id && one.method === method && one.steps === count);
            return found ? found.accuracy.toFixed(4) : '–';
          }),
        ]),
      );
      const gaps = made.gaps
        .filter((gap) => gap.schedule === schedule)
        .map(
          (gap) => `${EQUATIONS[gap.dynamics]} ${formatNumber(gap.early, 3)} early, ${formatNumber(gap.late, 3)} late`,
        );
      process.stdout.write(
        `\n${label}\n${toTable([['accuracy', 'method', ...made.steps.map((count) => `${count} steps`)], ...lines], 2)}` +
          `gap to eq. 26: ${gaps.join('; ')}\n`,
      );
    });
    process.stdout.write(`\n${made.rule}\n\n${made.sentence}\n`);
  },
};
