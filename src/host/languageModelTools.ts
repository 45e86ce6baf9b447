import { realpath } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { isInFolder, isNetworkPath } from '../core/files/filePlaces';
import { InputError } from '../core/registry/problem';
import { tools } from '../protocol/tools';
import type { ToolDefinition } from '../protocol/tools/tool';
import { filesOf, needsTrust, readInput, type NamedFile, type ToolInput } from '../protocol/tools/toolCall';
import { vscodeName } from '../protocol/tools/vscodeName';
import type { RunStore } from './runStore';
import { say } from './say';

/** Offers the tools to language models. They are done in the trainer's thread. */
export const registerTools = (runs: RunStore): vscode.Disposable =>
  vscode.Disposable.from(
    ...tools.map((tool) => vscode.lm.registerTool(vscodeName(tool), new LanguageModelTool(tool, runs))),
  );

/** The folders of the workspace that are on this machine. */
const folders = (): string[] =>
  (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);

/** A path of an input as an absolute one. An InputError where it is on another machine, or relative to nothing. */
function resolve(file: string): string {
  if (isNetworkPath(file)) throw new InputError(say`${file} is on another machine, which a tool does not touch`);
  const [folder] = folders();
  if (folder === undefined && !path.isAbsolute(file))
    throw new InputError(say`${file} is relative, and no folder is open: give an absolute path`);
  return path.resolve(folder ?? '', file);
}

/** Whether a path leads out of the workspace in the end. A file that is yet to be made is judged by its folder. */
async function isOutside(file: string): Promise<boolean> {
  const target = await realpath(file).catch(async () =>
    path.join(await realpath(path.dirname(file)).catch(() => path.dirname(file)), path.basename(file)),
  );
  const open = await Promise.all(folders().map((folder) => realpath(folder).catch(() => folder)));
  return !open.some((folder) => target === folder || isInFolder(target, folder));
}

/** One tool as VS Code's language models call it. */
class LanguageModelTool implements vscode.LanguageModelTool<ToolInput> {
  constructor(
    private readonly tool: ToolDefinition,
    private readonly runs: RunStore,
  ) {}

  /** Asks where a call trains, starts a program, writes a file, or reads one outside the workspace. */
  async prepareInvocation({
    input: given,
  }: vscode.LanguageModelToolInvocationPrepareOptions<ToolInput>): Promise<vscode.PreparedToolInvocation> {
    const { title } = this.tool;
    const input = readInput(this.tool, given, resolve);
    this.checkTrust(input);
    const what = await this.sideEffects(input);
    return {
      invocationMessage: title,
      ...(what.length && { confirmationMessages: { title: `${title}?`, message: what.join('\n\n') } }),
    };
  }

  async invoke(
    { input: given }: vscode.LanguageModelToolInvocationOptions<ToolInput>,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    const input = readInput(this.tool, given, resolve);
    this.checkTrust(input);
    const stopping = new AbortController();
    const cancelled = token.onCancellationRequested(() => stopping.abort());
    if (token.isCancellationRequested) stopping.abort();
    try {
      const { text } = await this.runs.callTool(this.tool.name, input, folders()[0] ?? '', { signal: stopping.signal });
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
    } finally {
      cancelled.dispose();
    }
  }

  private checkTrust(input: ToolInput): void {
    if (vscode.workspace.isTrusted || !needsTrust(this.tool, input)) return;
    throw new InputError(
      say`You do not trust this workspace: a tool reads and writes no file in it, trains nothing and compares nothing`,
    );
  }

  /** What a person has to agree to, in sentences. */
  private async sideEffects(input: ToolInput): Promise<string[]> {
    const { trains, startsPython } = this.tool;
    const ofFiles = await Promise.all(filesOf(this.tool, input).map((named) => fileText(named, input.force === true)));
    return [
      ...(trains ? [say`It trains, which takes processor time, and keeps the runs.`] : []),
      ...(startsPython ? [say`It computes, and starts Python where the experiment has a model in Python.`] : []),
      ...ofFiles.flat(),
    ];
  }
}

async function fileText({ file, use }: NamedFile, force: boolean): Promise<string[]> {
  const outside = await isOutside(file);
  if (use === 'read') return outside ? [say`It reads ${file}, which is outside the workspace.`] : [];
  const text = force ? say`It writes ${file}, and replaces what is there.` : say`It writes ${file}.`;
  return outside ? [text, say`That is outside the workspace.`] : [text];
}
