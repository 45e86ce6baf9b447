import { formatNumber } from '../../core/text/format';
import { InputError } from '../../core/registry/problem';
import { parse } from '../arguments';
import { openTrainer } from '../openTrainer';
import { toJson } from '../../core/text/json';
import { checkOutput, forceOption } from '../outputChoice';
import { readRunChoice } from '../runChoice';
import type { CliCommand } from './command';

const USAGE = 'predict DIR --data FILE --out FILE [--force] [--checkpoint N] [--json]';

/** `noprop predict`: labels the rows of a CSV file with a run. */
export const predict: CliCommand = {
  name: 'predict',
  usage: USAGE,
  summary:
    'Labels the rows of a CSV file with the run in DIR, and writes them with one more column. --force replaces the file of --out.',
  async run(args, terminal) {
    const { positional, values } = parse(
      args,
      {
        data: { type: 'string' },
        out: { type: 'string' },
        ...forceOption,
        checkpoint: { type: 'string' },
        json: { type: 'boolean' },
      },
      USAGE,
    );
    const { data, out } = values;
    if (!data || !out) throw new InputError(`--${data ? 'out' : 'data'} is missing\nUsage: noprop ${USAGE}`);
    const choice = await readRunChoice(positional, values.checkpoint);
    await checkOutput(out, values.force, terminal);
    const trainer = await openTrainer(terminal);
    const predicted = await trainer.call('predictFile', [choice, data, out]);
    if (values.json) return terminal.print(toJson(predicted));
    const { rows, accuracy, rmse } = predicted;
    const right = accuracy === undefined ? '' : `; ${accuracy.toFixed(4)} agree with the label column`;
    const off = rmse === undefined ? '' : `; RMSE ${formatNumber(rmse)} against the label column`;
    terminal.print(`labelled ${rows} rows${right}${off}\n`);
  },
};
