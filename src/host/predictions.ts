import * as vscode from 'vscode';
import { formatNumber } from '../core/text/format';
import { chosenRun, type RunChoice } from '../core/runs/record';
import type { PredictedFile } from '../protocol/trainerCalls';
import { workspaceFolder } from './fileDialogs';
import { inform } from './notify';
import type { RunStore } from './runStore';
import { say } from './say';

/** Tables that are predicted, and that predictions are written to. */
const [TABLES, WRITTEN] = [{ [say`Tables and NumPy arrays`]: ['csv', 'tsv', 'txt', 'npy', 'npz'] }, { CSV: ['csv'] }];

/** Files that a caller has settled in advance. */
export interface PredictionFiles {
  readonly data?: vscode.Uri | undefined;
  readonly out?: vscode.Uri | undefined;
}

/** What was predicted, and how well where that is known. */
function resultText({ rows, column, probabilities, accuracy, rmse }: PredictedFile): string {
  const how = probabilities ? say` and the probability of each class` : '';
  const right = accuracy === undefined ? '' : say`; ${(100 * accuracy).toFixed(1)} % agree with the label column`;
  const off = rmse === undefined ? '' : say`; RMSE ${formatNumber(rmse)} against the label column`;
  return say`Predicted ${rows} rows: column ${column}${how}${right}${off}.`;
}

/**
 * Predicts the rows of a table that the user chooses, writes them where the user says, and opens them beside what is
 * open. Undefined where the user gave up.
 */
export async function predictRows(
  runStore: RunStore,
  run: RunChoice,
  { data: given, out: wanted }: PredictionFiles,
  log: vscode.LogOutputChannel,
): Promise<vscode.Uri | undefined> {
  const folder = workspaceFolder();
  const where = folder === '' ? {} : { defaultUri: vscode.Uri.file(folder) };
  const dialog = { title: say`Rows to predict`, filters: TABLES, openLabel: say`Predict`, ...where };
  const data = given ?? (await vscode.window.showOpenDialog(dialog))?.[0];
  if (!data) return undefined;
  const suggested = data.with({ path: data.path.replace(/(\.(csv|tsv|txt|npy|npz))?$/i, '.predicted.csv') });
  const save = { title: say`Where to write the predictions`, filters: WRITTEN, defaultUri: suggested };
  const out = wanted ?? (await vscode.window.showSaveDialog(save));
  if (!out) return undefined;
  const predicted = await runStore.computations.predictFile(run, data.fsPath, out.fsPath);
  log.info(`predicted ${predicted.rows} rows of ${data.fsPath} with ${chosenRun(run).run}`);
  const isAlone = vscode.window.tabGroups.activeTabGroup.tabs.length === 0;
  await vscode.commands.executeCommand('vscode.open', out, {
    viewColumn: isAlone ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside,
    preview: false,
    preserveFocus: true,
  });
  void inform(resultText(predicted));
  return out;
}
