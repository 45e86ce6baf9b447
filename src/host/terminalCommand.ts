import { constants } from 'node:fs';
import { access, chmod } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { messageOf } from '../core/registry/problem';
import { say } from './say';

/** Shells whose profile sets the PATH anew get it once more after that. */
const EVERYWHERE: vscode.EnvironmentVariableMutatorOptions = {
  applyAtProcessCreation: true,
  applyAtShellIntegration: true,
};

/**
 * Terminals that are opened from now on have the command `noprop` on their PATH. It runs on the runtime of this process:
 * that of the desktop, or the server's node. Its path goes there as a variable, which keeps letters that a batch file
 * of Windows would lose.
 */
export async function offerCommand(
  { environmentVariableCollection: variables, extensionUri }: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const folder = vscode.Uri.joinPath(extensionUri, 'bin').fsPath;
  variables.description = say`Adds the command noprop of NoProp Lab`;
  variables.prepend('PATH', folder + path.delimiter, EVERYWHERE);
  variables.replace('NOPROP_RUNTIME', process.execPath, EVERYWHERE);
  if (process.platform === 'win32') return;
  const script = path.join(folder, 'noprop');
  try {
    // a package that was made on Windows has lost the bit
    await access(script, constants.X_OK).catch(() => chmod(script, 0o755));
  } catch (error) {
    log.warn(`terminals have no command noprop: ${messageOf(error)}`);
  }
}
