import * as vscode from 'vscode';

// A picker often comes after a dialog or a read. The focus then goes back to the page late, and would close the picker
// before anybody has seen it. So pickers stay until they are answered, or closed with Escape; all of them come through here.

/** Asks for one of some rows; undefined where the user gave up. */
export const choose = <T extends vscode.QuickPickItem>(
  rows: readonly T[],
  options: vscode.QuickPickOptions & { readonly canPickMany?: never },
): Thenable<T | undefined> => vscode.window.showQuickPick(rows, { ...options, ignoreFocusOut: true });

/** Asks for some of the rows, of which those that are `picked` are chosen at first; undefined where the user gave up. */
export const chooseSeveral = <T extends vscode.QuickPickItem>(
  rows: readonly T[],
  options: Omit<vscode.QuickPickOptions, 'canPickMany'>,
): Thenable<T[] | undefined> =>
  vscode.window.showQuickPick(rows, { ...options, canPickMany: true, ignoreFocusOut: true });

/** Asks for a text; undefined where the user gave up. */
export const askText = (options: vscode.InputBoxOptions): Thenable<string | undefined> =>
  vscode.window.showInputBox({ ...options, ignoreFocusOut: true });
