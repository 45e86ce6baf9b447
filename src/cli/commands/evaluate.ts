import { formatNumber } from '../../core/format';
import { InputError } from '../../core/problem';
import { parse } from '../arguments';
import { openDesk } from '../desk';
import { toJson, toTable } from '../output';
import { readRunChoice } from '../runChoice';
import type { CliCommand } from '.';

const USAGE = 'evaluate DIR [--checkpoint N] [--part test|train] [--json]';

/** `noprop evaluate`: accuracy and confusion of a run, or the errors of its numbers, at its end or a checkpoint. */
export const evaluate: CliCommand = {
  name: 'evaluate',
  usage: USAGE,
  summary: 'Accuracy and confusion of the run in DIR on its test or train rows, at its end or at a checkpoint.',
  async run(args) {
    const { subject, values } = parse(
      args,
      { checkpoint: { type: 'string' }, part: { type: 'string' }, json: { type: 'boolean' } },
      USAGE,
    );
    const { part = 'test' } = values;
    if (part !== 'test' && part !== 'train') throw new InputError(`--part must be test or train: got "${part}"`);
    const choice = await readRunChoice(subject, values.checkpoint);
    const desk = await openDesk();
    const { rows, accuracy, confusion, classes, targets } = await desk.evaluate(choice, { part, limit: Infinity });
    if (targets) {
      const scores = targets.map(({ name, rmse, r2 }) => ({ name, rmse, r2 }));
      if (values.json) return void process.stdout.write(toJson({ part, rows, targets: scores }));
      for (const { name, rmse, r2 } of scores)
        process.stdout.write(`${name}: RMSE ${formatNumber(rmse)}, R² ${r2.toFixed(4)} on ${rows} ${part} rows\n`);
      return;
    }
    const table = classes.map((_, i) => Array.from(confusion.subarray(i * classes.length, (i + 1) * classes.length)));
    if (values.json) return void process.stdout.write(toJson({ part, rows, accuracy, classes, confusion: table }));
    process.stdout.write(`accuracy ${accuracy!.toFixed(4)} on ${rows} ${part} rows\n\n`);
    const lines = table.map((counts, i) => [classes[i]!, ...counts.map(String)]);
    process.stdout.write(toTable([['true class, then by label given', ...classes], ...lines], 1));
  },
};
