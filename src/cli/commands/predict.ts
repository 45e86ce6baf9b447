import { formatNumber } from '../../core/text/format';
import { InputError } from '../../core/registry/problem';
import { parse } from '../arguments';
import { openTrainer } from '../openTrainer';
import { toJson } from '../../core/text/json';
import { checkOutput, forceOption } from '../outputChoice';
import { readRunChoice } from '../runChoice';
import type { CliCommand } from './command';

const USAGE = 'predict DIR --data FILE --out FILE [--force] [--labels-only] [--checkpoint N] [--json]';

/** `noprop predict`: labels the rows of a CSV file, or of a file of NumPy arrays, with a run. */
export const predict: CliCommand = {
  name: 'predict',
  usage: USAGE,
  summary:
    'Labels the rows of a CSV file, or of x in a .npy or .npz file, with the run in DIR, and writes them with more columns: the label, called as the column ' +
    'it was learned from (with "predicted" before it where the file has that), and the probability P(class) of each class. ' +
    '--labels-only leaves the probabilities out, which is quicker. --force replaces the file of --out.',
  async run(args, terminal) {
    const { positional, values } = parse(
      args,
      {
        data: { type: 'string' },
        out: { type: 'string' },
        ...forceOption,
        'labels-only': { type: 'boolean' },
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
    const predicted = await trainer.call('predictFile', [choice, data, out, { labelsOnly: values['labels-only'] }]);
    if (values.json) return terminal.print(toJson(predicted));
    const { rows, column, accuracy, rmse } = predicted;
    const right = accuracy === undefined ? '' : `; ${accuracy.toFixed(4)} agree with the label column`;
    const off = rmse === undefined ? '' : `; RMSE ${formatNumber(rmse)} against the label column`;
    terminal.print(`labelled ${rows} rows in the column ${column}${right}${off}\n`);
  },
};
