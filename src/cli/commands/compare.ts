import { benchmarkOf, comparisonTable, gridChoices, referenceText } from '../../core/compare';
import { formatNumber } from '../../core/text/format';
import { InputError } from '../../core/registry/problem';
import { tableFormats, type Table } from '../../core/text/tables';
import type { ComparedRow, Comparison } from '../../core/compare/comparison';
import { RUN_KEYS } from '../../core/runs/record';
import { parseOptional } from '../arguments';
import { COMPARISON_USAGE, comparisonOptions, comparisonSettings, optionAt } from '../comparisonOptions';
import { openTrainer } from '../openTrainer';
import { openExperiment, withWarnings } from '../experimentFile';
import { pathTable, pathText, readPathChoice } from '../comparedPathsText';
import { toTable } from '../textTable';
import { ProgressBar } from '../progressBar';
import { toJson } from '../../core/text/json';
import { writeOutput } from '../../trainer/runs/outputFile';
import { checkOutput, forceOption } from '../outputChoice';
import { SignalWatch } from '../signals';
import { readRunChoice } from '../runChoice';
import type { CliCommand } from './command';

/** The forms in which the rows are written as a table alone. */
const FORMATS = tableFormats.map(({ id }) => id).join('|');

const USAGE = `compare FILE [--run DIR … [--checkpoint N]] ${COMPARISON_USAGE} [--set path.to.field=value …] [--follow METHOD:N|METHOD:tolerance …] [--out FILE [--force]] [--json|--table ${FORMATS}], or compare --open FILE [--json|--table ${FORMATS}]`;

/** What a comparison on a run does not read: what the run was trained with, and what only u in closed form needs. */
const IDLE: readonly string[] = [...RUN_KEYS, 'data', 'training', 'denoiser', 'comparison.paths', 'comparison.problem'];

/** An InputError where a setting would change nothing. */
function checkSettings(settings: readonly string[]): void {
  const idle = (setting: string) => IDLE.some((key) => setting.startsWith(`${key}.`) || setting.startsWith(`${key}=`));
  const found = settings.filter(idle).map((setting) => `--set ${setting} does nothing with --run`);
  if (found.length)
    throw new InputError(
      `${found.join('\n')}: a run is compared on its own test rows, with the ${RUN_KEYS.join(', ')} it was trained with`,
    );
}

/** What u of a built-in problem does not read, beside what the problem itself gives. */
const UNREAD = ['data', 'model', 'training'] as const;

/** An InputError where a setting would change nothing, for the problem has its own. */
function checkProblemSettings(settings: readonly string[], problem: string): void {
  if (problem === 'experiment') return;
  const { parts, title } = benchmarkOf(problem);
  const given = [...Object.keys(parts), ...UNREAD];
  const idle = given.filter((key) => settings.some((one) => one.startsWith(`${key}.`) || one.startsWith(`${key}=`)));
  if (idle.length)
    throw new InputError(
      `--set ${idle.join(', ')} does nothing with --problem ${problem}: ${title} has its own ${Object.keys(parts).join(', ')}; leave --problem out to compare on the experiment`,
    );
}

/** `noprop compare`: the experiment's integrators on u in closed form, on a built-in problem, or on the test rows of runs. */
export const compare: CliCommand = {
  name: 'compare',
  usage: USAGE,
  summary:
    'Compares integrators on u in closed form, or on runs: the error of each against its evaluations, and the cheapest. ' +
    'The results of several runs are pooled. Ctrl-C keeps what is done. --out writes the comparison to a file (--force replaces one), and --open ' +
    'shows it again. --follow prints the paths of methods instead.',
  async run(args, terminal) {
    const { positional, values } = parseOptional(
      args,
      {
        run: { type: 'string', multiple: true },
        checkpoint: { type: 'string' },
        ...comparisonOptions,
        set: { type: 'string', multiple: true },
        out: { type: 'string' },
        ...forceOption,
        open: { type: 'string' },
        json: { type: 'boolean' },
        table: { type: 'string' },
        follow: { type: 'string', multiple: true },
      },
      USAGE,
    );
    const write = writerOf(values.table, values.json, textOf, comparisonTable);
    const show = (picture: Comparison) => void terminal.print(write(picture));
    if (values.open !== undefined) {
      if (positional !== undefined) throw new InputError(`--open takes no experiment: got "${positional}"`);
      const trainer = await openTrainer(terminal);
      return show((await trainer.call('comparison', [values.open])).picture);
    }
    if (positional === undefined) throw new InputError(`an argument is missing\nUsage: noprop ${USAGE}`);
    const settings = [...(values.set ?? []), ...comparisonSettings(values)];
    if (values.run !== undefined) checkSettings(settings);
    else if (values.seeds !== undefined)
      throw new InputError(
        `--seeds needs --run: starts of u in closed form are drawn by one seed, --set seed=${values.seeds}`,
      );
    else if (values.checkpoint !== undefined) throw new InputError('--checkpoint needs --run, the run that it is of');
    const [run, ...also] = await Promise.all((values.run ?? []).map((one) => readRunChoice(one, values.checkpoint)));
    const optionOf = (path: readonly (string | number)[]) => optionAt(values, path);
    const { experiment, folder, warnings } = await openExperiment(positional, terminal, { settings, optionOf });
    if (run === undefined) checkProblemSettings(values.set ?? [], experiment.comparison.problem);
    if (values.follow !== undefined) {
      const writePaths = writerOf(values.table, values.json, pathText, pathTable);
      const [grid] = gridChoices(experiment.comparison.grids.length ? experiment.comparison.grids : [experiment.grid]);
      const choices = values.follow.map((text) => readPathChoice(text, grid!.label));
      const paths = await (await openTrainer(terminal)).call('comparedPaths', [{ experiment, folder, run }, choices]);
      return terminal.print(writePaths(withWarnings(paths, warnings)));
    }
    if (values.out !== undefined) await checkOutput(values.out, values.force, terminal);
    const bar = new ProgressBar(terminal);
    const trainer = await openTrainer(terminal);
    const stopping = new AbortController();
    const signals = new SignalWatch(() => stopping.abort(), terminal.signal);
    const comparing = trainer.call('compare', [{ experiment, folder, run, also }], {
      signal: stopping.signal,
      onProgress: ({ done, total }) => bar.show(done / total, `${done} of ${total}`),
    });
    const made = await comparing
      .catch((error: unknown) => {
        signals.check('nothing had been compared yet');
        throw error;
      })
      .finally(() => {
        signals.dispose();
        bar.end();
      });
    if (values.out !== undefined) await writeOutput(values.out, toJson(made));
    signals.check(values.out === undefined ? 'what was compared is lost' : `what was compared is in ${values.out}`);
    show(withWarnings(made.picture, warnings));
  },
};

/** What writes a result for reading, as JSON or as a table; an InputError where there is no such form. */
function writerOf<T>(
  format: string | undefined,
  json = false,
  text: (result: T) => string,
  table: (result: T) => Table,
): (result: T) => string {
  if (format === undefined) return json ? toJson : text;
  if (json) throw new InputError('--json and --table are two forms of one thing: leave one out');
  const found = tableFormats.find(({ id }) => id === format);
  if (!found) throw new InputError(`--table must be ${FORMATS.replaceAll('|', ' or ')}: got "${format}"`);
  return (result) => found.write(table(result));
}

/** The error of a row with its standard error, or its state. */
function errorText({ status, error, sampling, nearFloor }: ComparedRow): string {
  if (status === 'diverged' || status === 'refused') return status;
  const chance = sampling === undefined || Number.isNaN(sampling) ? '' : ` ± ${formatNumber(sampling, 2)}`;
  return Number.isNaN(error) ? '–' : `${nearFloor ? '≈ ' : ''}${formatNumber(error)}${chance}`;
}

/** An accuracy, and its range over several seeds. */
function accuracyText({ accuracy, accuracies = [] }: ComparedRow): string {
  if (accuracy === undefined) return '–';
  const range = accuracies.length > 1 ? ` (${Math.min(...accuracies).toFixed(4)}–${Math.max(...accuracies).toFixed(4)})` : ''; // prettier-ignore
  return `${accuracy.toFixed(4)}${range}`;
}

function textOf(picture: Comparison): string {
  const { problem, norm, rows, slopes, verdict } = picture;
  const several = new Set(rows.flatMap(({ final }) => final ?? [])).size > 1;
  const methodText = ({ integrator, final }: Pick<ComparedRow, 'integrator' | 'final'>) =>
    final === undefined || (final === 'to-end' && !several) ? integrator : `${integrator}, final ${final}`;
  const lines = rows.map((row) => [
    methodText(row),
    row.tolerance === undefined ? row.grid : `${row.grid}, ${formatNumber(row.tolerance)}`,
    row.rejected ? `${row.steps} + ${row.rejected}` : String(row.steps),
    String(row.evaluations),
    errorText(row),
    accuracyText(row),
    formatNumber(row.milliseconds, 3),
    row.limit === undefined ? '–' : `${formatNumber(row.load!, 3)} of ${formatNumber(row.limit)}`,
    row.reason,
  ]);
  const head = ['method', 'grid', 'steps', 'evaluations', `${norm} error`, 'accuracy', 'ms', 'step × rate', ''];
  const grids = new Set(slopes.map(({ grid }) => grid));
  const orders = slopes.map(
    ({ order, nominal, grid, ...slope }) =>
      `${methodText(slope)}${grids.size > 1 ? ` (${grid})` : ''}: order ${order === undefined ? '–' : order.toFixed(2)}, nominal ${nominal}\n`,
  );
  return `${problem}\n${referenceText(picture)}\n\n${toTable([head, ...lines], 2)}\n${orders.join('')}\n${verdict}\n`;
}
