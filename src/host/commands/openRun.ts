import * as vscode from 'vscode';
import { parseExperiment } from '../../core/experiment/document';
import type { Experiment } from '../../core/experiment/experiment';
import type { RunSummary } from '../../core/runs/runList';
import { changedSettings } from '../../core/runs/settings';
import { SUFFIX } from '../experimentSource';
import { runAddress } from '../runDocuments';
import type { RunRow } from '../runsTree';
import { say } from '../say';
import type { CommandContext } from './commandContext';
import { chosenRuns } from './runs';

/** The most experiments beside a run's data that are looked at. */
const LOOKED = 50;

/**
 * NoProp: Open Run in Lab. Shows a run with the settings it had: in its experiment, where that still has them, else in a
 * copy of it as it was trained, which is read-only. Answers the address.
 */
export async function openRun(context: CommandContext, given?: RunRow): Promise<vscode.Uri | undefined> {
  const [id] = await chosenRuns(context, say`Open Run in Lab`, given);
  const run = id === undefined ? undefined : await context.runStore.wholeRunOf(id);
  if (!run) return undefined;
  const uri = (await fileOf(context, run)) ?? runAddress(run.id, run.name);
  await vscode.commands.executeCommand('vscode.openWith', uri, 'noprop.lab');
  context.labs.showRun(uri, run.id);
  return uri;
}

/** The experiment that a run was trained of, where it is still as it was: one that is open, else a file beside its data. */
async function fileOf({ labs }: CommandContext, run: RunSummary): Promise<vscode.Uri | undefined> {
  const open = labs.open.find(({ source }) => isOf(source.parse().experiment, run));
  if (open) return open.source.document.uri;
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.fsPath === run.data.folder);
  if (!folder) return undefined;
  const files = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, `*${SUFFIX}`), null, LOOKED);
  const edited = new Set(labs.open.map(({ source }) => source.document.uri.toString()));
  for (const uri of files) {
    if (edited.has(uri.toString())) continue;
    const bytes = await vscode.workspace.fs.readFile(uri).then((read) => read, () => undefined); // prettier-ignore
    if (bytes && isOf(parseExperiment(Buffer.from(bytes).toString('utf8')).experiment, run)) return uri;
  }
  return undefined;
}

/** Whether an experiment has the name and the settings of a run; the seed is one of several. */
function isOf(experiment: Experiment | undefined, { name, settings, seed, group }: RunSummary): boolean {
  if (experiment?.name !== name || !settings) return false;
  const last = group === undefined ? experiment.seed : experiment.seed + experiment.training.seeds - 1;
  if (seed < experiment.seed || seed > last) return false;
  const now = changedSettings(experiment);
  const keys = new Set([...Object.keys(now), ...Object.keys(settings)]);
  return [...keys].every((key) => now[key] === settings[key]);
}
