import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Experiment } from '../core/experiment/experiment';
import type { ExportFormat } from '../core/exports';
import type { RunChoice } from '../core/runs/record';
import { confirm } from './notify';
import type { RunStore } from './runStore';
import { say } from './say';

/** What an export wrote beside the chosen file, and what the format does not hold. */
export interface Exported {
  /** Names of files. */
  readonly beside: readonly string[];
  readonly lost: readonly string[];
}

/** Writes a run in a format, in the trainer's thread. Undefined where files beside the chosen one were to stay. */
export async function writeRun(
  { computations }: RunStore,
  run: RunChoice,
  { id }: ExportFormat,
  target: vscode.Uri,
): Promise<Exported | undefined> {
  const choice = { format: id, out: target.fsPath };
  const first = await computations.exportRun(run, choice);
  const asked = first.inTheWay.map((file) => path.basename(file));
  if (asked.length && !(await mayReplace(asked))) return undefined;
  const { files, lost } = asked.length ? await computations.exportRun(run, { ...choice, replace: true }) : first;
  return { beside: files.slice(1).map((file) => path.basename(file)), lost };
}

/** Writes an experiment in a format. Undefined where files beside the chosen one were to stay. */
export async function writeExperiment(
  experiment: Experiment,
  format: ExportFormat,
  target: vscode.Uri,
): Promise<Exported | undefined> {
  const source = { experiment };
  const name = path.posix.basename(target.path);
  const content = format.write(source, name);
  const beside = format.beside?.(source, name) ?? [];
  const at = (one: string) => vscode.Uri.joinPath(target, '..', one);
  const there = await Promise.all(beside.map(({ name: one }) => isThere(at(one))));
  const taken = beside.filter((_, i) => there[i]).map((file) => file.name);
  if (taken.length && !(await mayReplace(taken))) return undefined;
  for (const file of beside) await vscode.workspace.fs.writeFile(at(file.name), bytesOf(file.content));
  await vscode.workspace.fs.writeFile(target, bytesOf(content));
  return { beside: beside.map((file) => file.name), lost: format.lost?.(source) ?? [] };
}

const mayReplace = (names: readonly string[]): Promise<boolean> =>
  confirm(say`Replace ${names.join(', ')}?`, say`The export writes it beside the file that you chose.`, say`Replace`);

const isThere = (uri: vscode.Uri): Promise<boolean> =>
  Promise.resolve(vscode.workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;
