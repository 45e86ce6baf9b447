import * as vscode from 'vscode';
import type { FileContent } from '../protocol/hostCalls';
import { askWhere } from './fileDialogs';
import { reached } from './walkthrough';

/** Asks where to save a file that a page made, and writes it. Answers whether it was written. */
export async function savePageFile({ name, content, encoding }: FileContent): Promise<boolean> {
  const extension = name.split('.').pop()!;
  const uri = await askWhere(name, { [extension.toUpperCase()]: [extension] });
  if (!uri) return false;
  await vscode.workspace.fs.writeFile(uri, Buffer.from(content, encoding));
  reached('export');
  return true;
}
