import * as vscode from 'vscode';

/** The steps of the walkthrough. */
export type WalkthroughStep = 'curve' | 'training' | 'comparison' | 'export';

/** Ticks off a step of the walkthrough, whichever way it was done. */
export function reached(step: WalkthroughStep): void {
  void vscode.commands.executeCommand('setContext', `noprop.reached.${step}`, true);
}
