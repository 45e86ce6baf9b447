import * as vscode from 'vscode';
import { chosenRun, type RunChoice, type RunRecord } from '../core/runs/record';
import { askWhere } from './fileDialogs';
import type { ExperimentSource } from './experimentSource';
import type { RunStore } from './runStore';
import { reached } from './walkthrough';
import { inform } from './notify';
import { say } from './say';

const FILTERS = { Safetensors: ['safetensors'] };

/** Writes a run's weights, or those of one of its checkpoints, where the user says; undefined where the user gave up. */
export async function exportWeights(
  runStore: RunStore,
  choice: RunChoice,
  given?: vscode.Uri,
): Promise<vscode.Uri | undefined> {
  const { run, checkpoint } = chosenRun(choice);
  const suggested = `${run}${checkpoint === undefined ? '' : `-step-${checkpoint}`}.safetensors`;
  const out = given ?? (await askWhere(suggested, FILTERS));
  if (!out) return undefined;
  await runStore.computations.exportWeights(choice, out.fsPath);
  reached('export');
  void inform(say`Wrote the weights to ${out.fsPath}.`);
  return out;
}

/** Makes a run of a source's experiment of weights that the user chooses; undefined where the user gave up. */
export async function importWeights(
  runStore: RunStore,
  source: ExperimentSource,
  given?: vscode.Uri,
): Promise<RunRecord | undefined> {
  source.experiment(); // what is wrong with the text is said before a file is asked for
  const dialog = { title: say`Weights to import`, filters: FILTERS, openLabel: say`Import` };
  const file = given ?? (await vscode.window.showOpenDialog(dialog))?.[0];
  if (!file) return undefined;
  const record = await runStore.importWeights(source, file.fsPath);
  void inform(say`${record.name}: ${record.message ?? 'imported'}.`);
  return record;
}
