import * as vscode from 'vscode';
import { InputError } from '../../core/registry/problem';
import { testScore } from '../../core/runs/metrics';
import type { RunRecord } from '../../core/runs/record';
import { formatNumber } from '../../core/text/format';
import type { CommandContext } from './commandContext';

/** The score on test rows, to stand behind something else; nothing where it was not measured. */
export function scoreText(run: RunRecord): string {
  const score = testScore(run);
  return score ? `, ${score.name} ${score.value.toFixed(4)}` : '';
}

/** What a caller by id may settle in advance. */
interface PredictOptions {
  readonly run?: string;
  readonly data?: vscode.Uri;
  readonly out?: vscode.Uri;
}

/** NoProp: Predict on File. Labels the rows of a CSV file with a run, and writes them to another. */
export async function predictOnFile(
  { runStore, log }: CommandContext,
  given: RunRecord | PredictOptions = {},
): Promise<vscode.Uri | undefined> {
  const options: PredictOptions = 'id' in given ? { run: given.id } : given;
  const run = options.run ?? (await pickRun(await runStore.runs(), 'Predict on File'));
  if (!run) return undefined;
  const filters = { CSV: ['csv'] };
  const data =
    options.data ??
    (await vscode.window.showOpenDialog({ title: 'Rows to label', filters, openLabel: 'Predict' }))?.[0];
  if (!data) return undefined;
  const suggested = data.with({ path: data.path.replace(/(\.csv)?$/i, '.predicted.csv') });
  const out = options.out ?? (await vscode.window.showSaveDialog({ filters, defaultUri: suggested }));
  if (!out) return undefined;
  const { rows, accuracy, rmse } = await runStore.computations.predictFile(run, data.fsPath, out.fsPath);
  const right = accuracy === undefined ? '' : `; ${(100 * accuracy).toFixed(1)} % agree with the label column`;
  const off = rmse === undefined ? '' : `; RMSE ${formatNumber(rmse)} against the label column`;
  log.info(`labelled ${rows} rows of ${data.fsPath} with ${run}`);
  void vscode.window.showInformationMessage(`Labelled ${rows} rows${right}${off}.`, 'Open').then((choice) => {
    if (choice) void vscode.commands.executeCommand('vscode.open', out);
  });
  return out;
}

/** Asks for a run that is trained; undefined where the user gave up, an InputError where there is none. */
export async function pickRun(runs: readonly RunRecord[], title: string): Promise<string | undefined> {
  const ready = runs.filter(testScore);
  if (!ready.length) throw new InputError('there is no trained run yet: train a model first');
  const items = ready.map((run) => ({
    label: run.name,
    description: `${run.state}${scoreText(run)}`,
    detail: new Date(run.updated).toLocaleString(),
    id: run.id,
  }));
  return (await vscode.window.showQuickPick(items, { title, placeHolder: 'Choose a run' }))?.id;
}

/** Deletes a run after asking. */
export async function deleteRun({ runStore }: CommandContext, run: RunRecord): Promise<void> {
  const detail = 'Its weights and metrics are deleted from disk.';
  const choice = await vscode.window.showWarningMessage(
    `Delete this run of ${run.name}?`,
    { modal: true, detail },
    'Delete',
  );
  if (choice) await runStore.remove(run.id);
}

/** Shows a run's folder in the system's file manager, or the folder's experiment where there is none. */
export async function showRun({ runStore }: CommandContext, run: RunRecord): Promise<void> {
  await vscode.commands.executeCommand(
    'vscode.open',
    vscode.Uri.file(`${runStore.computations.folderOf(run.id)}/run.json`),
  );
}
