import { formatNumber } from '../../core/text/format';
import { EQUATIONS } from '../../core/conclusion/conclusion';
import { integratorOf } from '../../core/integrators';
import { parse, readSteps } from '../arguments';
import { openTrainer } from '../openTrainer';
import { readRunChoice } from '../runChoice';
import { readScheduleEntry } from '../scheduleEntry';
import { toTable } from '../textTable';
import { ProgressBar } from '../progressBar';
import { toJson } from '../../core/text/json';
import type { CliCommand } from './command';

const USAGE = 'conclude RUN [--schedule ID …] [--steps N,N,…] [--json]';

/** `noprop conclude`: the note's conclusion, tested on a run. */
export const concludeCommand: CliCommand = {
  name: 'conclude',
  usage: USAGE,
  summary: 'Whether eqs. 28 and 28′ have “minimal impact on final performance”: one run, three schedules.',
  async run(args, terminal) {
    const { positional, values } = parse(
      args,
      { schedule: { type: 'string', multiple: true }, steps: { type: 'string' }, json: { type: 'boolean' } },
      USAGE,
    );
    const schedules =
      values.schedule &&
      (await Promise.all(values.schedule.map(async (id) => (await readScheduleEntry(id, {})).entry)));
    const steps = values.steps === undefined ? undefined : readSteps('--steps', values.steps);
    await readRunChoice(positional);
    const bar = new ProgressBar(terminal);
    const trainer = await openTrainer(terminal);
    const made = await trainer.call('conclude', [positional, { schedules, steps }], {
      onProgress: ({ done, total }) => bar.show(done / total, `${done} of ${total}`),
    });
    bar.end();
    if (values.json) return terminal.print(toJson(made));
    terminal.print(`${made.problem}\n`);
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
      terminal.print(
        `\n${label}\n${toTable([['accuracy', 'method', ...made.steps.map((count) => `${count} steps`)], ...lines], 2)}` +
          `gap to eq. 26: ${gaps.join('; ')}\n`,
      );
    });
    terminal.print(`\n${made.rule}\n\n${made.sentence}\n`);
  },
};
