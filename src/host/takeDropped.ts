import path from 'node:path';
import * as vscode from 'vscode';
import { labelText } from '../core/text/plainText';
import type { DroppedFile } from '../protocol/hostCalls';
import { choose } from './ask';
import type { RunStore } from './runStore';
import { say } from './say';

/** What a person says that a file is which may be either. */
async function askRole(file: string): Promise<'data' | 'schedule' | undefined> {
  const rows = [
    { label: say`Data`, detail: say`Rows to learn from: the data of this experiment`, role: 'data' as const },
    { label: say`Schedule`, detail: say`A list of noise levels or times, imported as a schedule`, role: 'schedule' as const }, // prettier-ignore
  ];
  return (await choose(rows, { title: say`What is ${labelText(path.basename(file))}?` }))?.role;
}

/**
 * Takes a file that was dropped on a page. Data may then be read: answers their path as an experiment in a folder names
 * it. A schedule is imported as by the command. Undefined where it was, or where the person gave up.
 */
export async function takeDropped(
  { files, computations }: RunStore,
  dropped: DroppedFile,
  folder: string,
): Promise<string | undefined> {
  const name = await files.take(dropped, folder);
  if (name === undefined) return undefined;
  const file = path.resolve(folder, name);
  const { data, schedule } = await computations.fileRoles(file);
  const role = data && schedule ? await askRole(file) : schedule ? 'schedule' : 'data';
  if (role === 'data') return name;
  if (role === 'schedule') await vscode.commands.executeCommand('noprop.importScheduler', vscode.Uri.file(file));
  return undefined;
}
