import * as vscode from 'vscode';
import { InputError } from '../../core/problem';
import type { Context } from './context';
import { exportConfig } from './exportConfig';
import { newExperiment } from './newExperiment';
import { openLab } from './openLab';

/** A command; its result is for callers by id, such as keybindings' `runCommands` and tests. */
export type Command = (context: Context, ...args: never[]) => unknown;

const commands = {
  'noprop.openLab': openLab,
  'noprop.newExperiment': newExperiment,
  'noprop.exportConfig': exportConfig,
  'noprop.showText': ({ current }) => current().showText(),
  'noprop.saveExperiment': ({ current }) => current().save(),
  'noprop.showLog': ({ log }) => log.show(),
} satisfies Record<string, Command>;

/** Registers every command; a failure is shown, with its message, and logged whole. */
export function registerCommands(context: Context): vscode.Disposable[] {
  return Object.entries(commands).map(([id, run]) =>
    vscode.commands.registerCommand(id, async (...args: never[]): Promise<unknown> => {
      try {
        return await run(context, ...args);
      } catch (error) {
        return report(context, id, error);
      }
    }),
  );
}

async function report({ current, log }: Context, id: string, error: unknown): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  log.error(`${id}: ${error instanceof Error && !(error instanceof InputError) ? error.stack : message}`);
  const offset = current().parse().problems[0]?.offset;
  if (error instanceof InputError && offset !== undefined) {
    const choice = await vscode.window.showErrorMessage(message, 'Show in Text');
    if (choice) await current().showText(offset);
  } else {
    const choice = await vscode.window.showErrorMessage(message, 'Show Log');
    if (choice) log.show();
  }
}
