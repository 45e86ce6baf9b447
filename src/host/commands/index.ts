import * as vscode from 'vscode';
import { InputError, messageOf } from '../../core/registry/problem';
import type { CommandContext } from './commandContext';
import { exportConfig } from './exportConfig';
import { exportReport } from './exportReport';
import { importScheduler } from './importScheduler';
import { newExperiment } from './newExperiment';
import { newOnFile } from './newOnFile';
import { openGuide } from './openGuide';
import { openLab } from './openLab';
import { openRun } from './openRun';
import { openSample } from './openSample';
import { resumeTraining } from './resume';
import { deleteRun, mendRun, predictOnFile, showRun } from './runs';
import { noteRun, pinRun, renameRun, tagRun, unpinRun } from './runNotes';
import { clearOverlay, filterRuns, groupRuns, restoreRun, showAllRuns, sortRuns } from './runsView';
import { checkDerivation, compareDynamics, compareIntegrators, figureForPaper } from './showTabs';
import { runSweep, stopSweep } from './sweep';
import { compareModels, stopTraining, trainModel } from './training';
import { exportWeights, importWeights } from './weights';
import { fail } from '../notify';
import { say } from '../say';

/** A command; its result is for callers by id, such as keybindings' `runCommands` and tests. */
export type Command = (context: CommandContext, ...args: never[]) => unknown;

const commands = {
  'noprop.openLab': openLab,
  'noprop.newExperiment': newExperiment,
  'noprop.newOnFile': newOnFile,
  'noprop.openSample': openSample,
  'noprop.exportConfig': exportConfig,
  'noprop.exportReport': exportReport,
  'noprop.importScheduler': importScheduler,
  'noprop.trainModel': trainModel,
  'noprop.stopTraining': stopTraining,
  'noprop.resumeTraining': resumeTraining,
  'noprop.compareIntegrators': compareIntegrators,
  'noprop.compareDynamics': compareDynamics,
  'noprop.compareModels': compareModels,
  'noprop.runSweep': runSweep,
  'noprop.stopSweep': stopSweep,
  'noprop.checkDerivation': checkDerivation,
  'noprop.figureForPaper': figureForPaper,
  'noprop.predictOnFile': predictOnFile,
  'noprop.exportWeights': exportWeights,
  'noprop.importWeights': importWeights,
  'noprop.showRun': showRun,
  'noprop.mendRun': mendRun,
  'noprop.deleteRun': deleteRun,
  'noprop.restoreRun': restoreRun,
  'noprop.openRun': openRun,
  'noprop.renameRun': renameRun,
  'noprop.pinRun': pinRun,
  'noprop.unpinRun': unpinRun,
  'noprop.noteRun': noteRun,
  'noprop.tagRun': tagRun,
  'noprop.filterRuns': filterRuns,
  'noprop.showAllRuns': showAllRuns,
  'noprop.sortRuns': sortRuns,
  'noprop.groupRuns': groupRuns,
  'noprop.clearOverlay': clearOverlay,
  'noprop.stopAllTrainings': ({ runStore }) => runStore.stop(),
  'noprop.showText': ({ current }) => current().showText(),
  'noprop.saveExperiment': ({ current }) => current().save(),
  'noprop.openGuide': openGuide,
  'noprop.showLog': ({ log }) => log.show(),
} satisfies Record<string, Command>;

/** Registers every command; a failure is shown, with its message, and logged whole. */
export function registerCommands(context: CommandContext): vscode.Disposable[] {
  return Object.entries<Command>(commands).map(([id, run]) =>
    vscode.commands.registerCommand(id, async (...args: never[]): Promise<unknown> => {
      try {
        return await run(context, ...args);
      } catch (error) {
        return report(context, id, error);
      }
    }),
  );
}

/** Shows what went wrong, and logs it. It begins with a capital letter, but names of keys stay as they are written. */
async function report({ current, log }: CommandContext, id: string, error: unknown): Promise<void> {
  const text = messageOf(error);
  const message = text.replace(/^[a-z]+(?= )/, (word) => word.charAt(0).toUpperCase() + word.slice(1));
  log.error(`${id}: ${error instanceof Error && !(error instanceof InputError) ? error.stack : message}`);
  const offset = current().parse().problems[0]?.offset;
  if (error instanceof InputError && offset !== undefined) {
    const choice = await fail(message, say`Show in Text`);
    if (choice) await current().showText(offset);
  } else {
    const choice = await fail(message, say`Show Log`);
    if (choice) log.show();
  }
}
