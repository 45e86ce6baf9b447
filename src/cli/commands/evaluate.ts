import { classRows } from '../../core/evaluation';
import { formatNumber } from '../../core/text/format';
import { InputError } from '../../core/registry/problem';
import { effortText } from '../../core/runs/evaluationResults';
import type { TaskProgress } from '../../protocol/progress';
import { parse, readSteps } from '../arguments';
import { openTrainer } from '../openTrainer';
import { classText, measuredText } from '../evaluationText';
import { toTable } from '../textTable';
import { ProgressBar } from '../progressBar';
import { toJson } from '../../core/text/json';
import { readRunChoice } from '../runChoice';
import type { CliCommand } from './command';

const USAGE = 'evaluate DIR [--checkpoint N] [--part test|train] [--steps N,N,…] [--json]';

/** `noprop evaluate`: how good a run is, or the errors of its numbers, at its end or a checkpoint. */
export const evaluate: CliCommand = {
  name: 'evaluate',
  usage: USAGE,
  summary:
    'Accuracy, confusion matrix and a row for each class, of the run in DIR on its test or train rows, at its end or at a ' +
    'checkpoint. On test rows also the calibration and, with --steps, the accuracy at each of these step counts.',
  async run(args, terminal) {
    const { positional, values } = parse(
      args,
      {
        checkpoint: { type: 'string' },
        part: { type: 'string' },
        steps: { type: 'string' },
        json: { type: 'boolean' },
      },
      USAGE,
    );
    const { part = 'test' } = values;
    if (part !== 'test' && part !== 'train') throw new InputError(`--part must be test or train: got "${part}"`);
    if (part === 'train' && values.steps !== undefined)
      throw new InputError('--steps is measured on test rows: leave out --part train');
    const steps = values.steps === undefined ? undefined : readSteps('--steps', values.steps);
    const choice = await readRunChoice(positional, values.checkpoint);
    const bar = new ProgressBar(terminal);
    const trainer = await openTrainer(terminal);
    const onProgress = ({ what = '', done, total }: TaskProgress) =>
      bar.show(done / total, `${done} of ${total} ${what}`);
    const { rows, accuracy, confusion, classes, targets, effort } = await trainer.call('evaluate', [
      choice,
      {
        part,
        limit: Infinity,
      },
    ]);
    const curve = steps && (await trainer.call('stepCurve', [choice, steps], { onProgress }));
    const assessment = part === 'test' ? await trainer.call('assess', [choice], { onProgress }) : undefined;
    bar.end();
    const taken = effort ? `; ${effortText(effort)}` : '';
    if (targets) {
      const scores = targets.map(({ name, rmse, r2 }) => ({ name, rmse, r2 }));
      if (values.json) return terminal.print(toJson({ part, rows, targets: scores, effort, assessment, curve }));
      for (const { name, rmse, r2 } of scores)
        terminal.print(`${name}: RMSE ${formatNumber(rmse)}, R² ${r2.toFixed(4)} on ${rows} ${part} rows${taken}\n`);
      terminal.print(measuredText(assessment, curve));
      return;
    }
    const table = classes.map((_, i) => Array.from(confusion.subarray(i * classes.length, (i + 1) * classes.length)));
    const perClass = classRows(confusion, classes);
    if (values.json)
      return terminal.print(
        toJson({ part, rows, accuracy, classes, confusion: table, perClass, effort, assessment, curve }),
      );
    terminal.print(`accuracy ${accuracy!.toFixed(4)} on ${rows} ${part} rows${taken}\n\n`);
    const lines = table.map((counts, i) => [classes[i]!, ...counts.map(String)]);
    terminal.print(toTable([['true class, then by label given', ...classes], ...lines], 1));
    terminal.print(`\n${classText(perClass)}${measuredText(assessment, curve)}`);
  },
};
