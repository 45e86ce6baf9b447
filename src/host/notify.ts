import * as vscode from 'vscode';
import { notificationText } from '../core/text/plainText';

// Notifications name runs, files and what a program said. VS Code makes links of [text](address) in them: here they are
// text. All of them come through here.

/** Says something; answers the button that was pressed. */
export const inform = (text: string, ...buttons: string[]): Thenable<string | undefined> =>
  vscode.window.showInformationMessage(notificationText(text), ...buttons);

/** Asks or warns; answers the button that was pressed. */
export const warn = (text: string, ...buttons: string[]): Thenable<string | undefined> =>
  vscode.window.showWarningMessage(notificationText(text), ...buttons);

/** Says what failed; answers the button that was pressed. */
export const fail = (text: string, ...buttons: string[]): Thenable<string | undefined> =>
  vscode.window.showErrorMessage(notificationText(text), ...buttons);

/** Asks in a dialog that must be answered; whether the button was pressed. */
export const confirm = async (question: string, detail: string, button: string): Promise<boolean> =>
  (await vscode.window.showWarningMessage(notificationText(question), { modal: true, detail }, button)) === button;
