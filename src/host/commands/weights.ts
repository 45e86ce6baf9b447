import type * as vscode from 'vscode';
import type { RunRecord } from '../../core/runs/record';
import { say } from '../say';
import * as weights from '../weightFiles';
import type { CommandContext } from './commandContext';
import { inLab } from './openLab';
import type { RunRow } from '../runsTree';
import { pickRun } from './runs';

/** What a caller by id may settle in advance. */
interface ExportOptions {
  readonly run?: string;
  readonly checkpoint?: number;
  readonly out?: vscode.Uri;
}

/** NoProp: Export Weights. Writes a run's weights as safetensors. */
export async function exportWeights(
  { runStore }: CommandContext,
  given: RunRow | ExportOptions = {},
): Promise<vscode.Uri | undefined> {
  const { run, checkpoint, out }: ExportOptions = 'id' in given ? { run: given.id } : given;
  const id = run ?? (await pickRun(await runStore.runs(), say`Export Weights`));
  if (id === undefined) return undefined;
  return weights.exportWeights(runStore, checkpoint === undefined ? id : { run: id, checkpoint }, out);
}

/** NoProp: Import Weights. Makes a run of the current experiment of weights in a file of safetensors. */
export async function importWeights(
  context: CommandContext,
  given: { readonly file?: vscode.Uri } = {},
): Promise<RunRecord | undefined> {
  const source = await inLab(context);
  const record = await weights.importWeights(context.runStore, source, given.file);
  if (record) context.labs.show('training', false);
  return record;
}
