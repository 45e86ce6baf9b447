import * as vscode from 'vscode';
import { isPython } from '../core/denoisers/entry';
import type { Experiment } from '../core/experiment/experiment';

/** What is used of the Python extension. */
interface PythonApi {
  readonly environments?: {
    getActiveEnvironmentPath(): { readonly path: string };
    resolveEnvironment(
      environment: object,
    ): Promise<{ readonly executable: { readonly uri?: vscode.Uri | undefined } } | undefined>;
  };
}

/**
 * The interpreter that runs models in Python: that of the setting, else the one that the Python extension has chosen;
 * undefined for that of the system.
 */
export async function chosenPython(log: vscode.LogOutputChannel): Promise<string | undefined> {
  const named = vscode.workspace.getConfiguration('noprop').get('python', '').trim();
  if (named) return named;
  try {
    const { environments } = (await vscode.extensions.getExtension<PythonApi>('ms-python.python')?.activate()) ?? {};
    if (!environments) return undefined;
    const chosen = environments.getActiveEnvironmentPath();
    return (await environments.resolveEnvironment(chosen))?.executable.uri?.fsPath;
  } catch (error) {
    log.warn(`the Python extension does not tell which Python it has chosen: ${String(error)}`);
    return undefined;
  }
}

/** Whether a call of the trainer is on an experiment whose u is a model in Python. */
export function asksPython([first]: readonly unknown[]): boolean {
  const named = first as Partial<Experiment> & { readonly experiment?: Partial<Experiment> };
  const { denoiser } = named?.experiment ?? named ?? {};
  return denoiser !== undefined && isPython(denoiser);
}
