import * as vscode from 'vscode';
import { exportFormat, exportFormats, offeredName, readsWeights, type ExportFormat } from '../../core/exports';
import { testScore } from '../../core/runs/metrics';
import { chosenRun, type RunChoice } from '../../core/runs/record';
import { choose } from '../ask';
import { askWhere } from '../fileDialogs';
import { SUFFIX, type ExperimentSource } from '../experimentSource';
import { reached } from '../walkthrough';
import type { CommandContext } from './commandContext';
import { inform } from '../notify';
import { figureForPaper } from './showTabs';
import type { RunRow } from '../runsTree';
import { say } from '../say';
import { runItems } from './runs';
import { writeExperiment, writeRun, type Exported } from '../writeExport';

/** What a caller by id may settle in advance. */
interface Options {
  readonly format?: string;
  readonly target?: vscode.Uri;
  /** The run to export, at a checkpoint where one is given; null for the experiment without a run. */
  readonly run?: RunChoice | null;
}

/**
 * NoProp: Export. Writes the current experiment or a run in a format to a file, asking for what `options` leaves open.
 * Answers the file's address; undefined if given up.
 */
export async function exportConfig(
  context: CommandContext,
  given?: vscode.Uri | Options | RunRow,
): Promise<vscode.Uri | undefined> {
  const options = optionsOf(given);
  const source = options.run ? undefined : context.current();
  source?.experiment(); // what is wrong with the text is said before anything is asked for
  const format = options.format === undefined ? await pickFormat(context, options) : exportFormat(options.format);
  if (!format) return undefined;
  if (format === 'figure') {
    await figureForPaper(context);
    return undefined;
  }
  const run = await runOf(context, format, options);
  if (run === undefined) return undefined;
  const target = options.target ?? (await askWhere(...suggestion(format, run, context.current)));
  if (!target) return undefined;
  const written = run
    ? await writeRun(context.runStore, run, format, target)
    : await writeExperiment(context.current().experiment(), format, target);
  if (!written) return undefined;
  reached('export');
  const what = run ? nameOf(context, run) : context.current().file;
  context.log.info(`exported ${what} as ${format.title} to ${target.fsPath}`);
  tell(what, target, written);
  return target;
}

function optionsOf(given: vscode.Uri | Options | RunRow | undefined): Options {
  if (given === undefined || given instanceof vscode.Uri) return {};
  return 'id' in given ? { run: given.id } : given;
}

/** What the name of a run is in sentences. */
const nameOf = ({ runStore }: CommandContext, run: RunChoice): string => {
  const { run: id } = chosenRun(run);
  return say`the run of ${runStore.runOf(id)?.name ?? id}`;
};

/** The name that a file is offered, and the kinds of files. */
function suggestion(
  format: ExportFormat,
  run: RunChoice | null,
  current: () => ExperimentSource,
): [string, Record<string, string[]>] {
  const stem = run ? chosenRun(run).run : `${current().file.replace(SUFFIX, '')}.export`;
  return [offeredName(format, stem), { [format.title]: [format.extension] }];
}

function tell(what: string, target: vscode.Uri, { beside, lost }: Exported): void {
  const parts = [
    say`Exported ${what} to ${vscode.workspace.asRelativePath(target)}.`,
    ...(beside.length ? [say`Beside it: ${beside.join(', ')}.`] : []),
    ...(lost.length ? [say`It does not hold ${lost.join('; ')}.`] : []),
  ];
  void inform(parts.join(' '), say`Open`).then(
    (choice) => choice && vscode.commands.executeCommand('vscode.open', target),
  );
}

/** Asks for a format: those that need a run only where there is one. */
async function pickFormat(
  { runStore }: CommandContext,
  { run }: Options,
): Promise<ExportFormat | 'figure' | undefined> {
  const trained = run !== null && (run !== undefined || (await runStore.runs()).some(testScore));
  const rows = exportFormats.filter(({ needs }) => trained || needs === 'experiment');
  const figure = {
    label: say`Figure for a paper`,
    detail: say`The charts in view as SVG, PNG or on the clipboard, on white, at a size in millimetres`,
    format: 'figure' as const,
  };
  const items = [
    ...rows.map((format) => ({ label: format.title, detail: format.summary, format })),
    ...(run ? [] : [figure]),
  ];
  return (await choose(items, { title: say`Export`, placeHolder: say`Choose a format` }))?.format;
}

/** The run that a format is to be written of: null for the experiment without one, undefined where the user gave up. */
async function runOf(
  { runStore }: CommandContext,
  format: ExportFormat,
  { run }: Options,
): Promise<RunChoice | null | undefined> {
  if (run !== undefined || !readsWeights(format)) return run ?? null;
  const ready = (await runStore.runs()).filter(testScore);
  if (format.needs === 'experiment' && !ready.length) return null;
  const alone = { label: say`The experiment alone`, detail: say`Without trained weights`, id: null };
  const items = [...(format.needs === 'experiment' ? [alone] : []), ...runItems(ready)];
  return (await choose<(typeof items)[number]>(items, { title: format.title, placeHolder: say`Choose a run` }))?.id;
}
