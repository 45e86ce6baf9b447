import * as vscode from 'vscode';
import { InputError } from '../../core/problem';
import { testScore } from '../../protocol/metrics';
import type { RunRecord } from '../../protocol/trainer';
import type { Source } from '../source';
import type { Context } from './context';

/**
 * NoProp: Train Model. Trains the current experiment (the draft is opened in the lab first), shows it there, and
 * reports progress that can be cancelled. Answers the run's record.
 */
export async function trainModel(context: Context): Promise<RunRecord> {
  const { training, labs } = context;
  const source = await opened(context);
  labs.open('training', false);
  const title = `Training ${source.experiment().name}`;
  const record = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, cancel) => {
      let share = 0;
      const listener = training.onProgress(({ step, steps, stepsPerSecond }) => {
        const message = `step ${step} of ${steps}, ${Math.round(stepsPerSecond)} a second`;
        progress.report({ message, increment: (100 * step) / steps - share });
        share = (100 * step) / steps;
      });
      cancel.onCancellationRequested(() => void training.stop());
      return training.train(source).finally(() => void listener.dispose());
    },
  );
  tell(record);
  return record;
}

/** The score on test rows, to stand behind something else; nothing where it was not measured. */
function scoreText(run: RunRecord): string {
  const score = testScore(run);
  return score ? `, ${score.name} ${score.value.toFixed(4)}` : '';
}

/** Says how a training ended. */
function tell(run: RunRecord): void {
  const { name, state, message, step } = run;
  const score = scoreText(run);
  if (state === 'done') void vscode.window.showInformationMessage(`${name} is trained: ${step} steps${score}.`);
  else if (state === 'stopped')
    void vscode.window.showInformationMessage(`${name} was stopped at step ${step}${score}. It can be resumed.`);
  else void vscode.window.showErrorMessage(`${name}: ${message ?? state}`);
}

/** NoProp: Stop Training. The run keeps what it has and can be resumed. */
export const stopTraining = ({ training }: Context): Promise<void> => training.stop();

/** NoProp: Compare Integrators. Shows the comparison in the lab and runs it. */
export async function compareIntegrators(context: Context): Promise<void> {
  await opened(context);
  context.labs.open('integrators', true);
}

/** NoProp: Compare Dynamics. Shows the trajectories of the dynamics in the lab. */
export async function compareDynamics(context: Context): Promise<void> {
  await opened(context);
  context.labs.open('dynamics', true);
}

/** NoProp: Check Derivation. Shows the note's equations in the lab, each with its verdict. */
export async function checkDerivation(context: Context): Promise<void> {
  await opened(context);
  context.labs.open('derivation', false);
}

/** What a caller by id may settle in advance. */
interface PredictOptions {
  readonly run?: string;
  readonly data?: vscode.Uri;
  readonly out?: vscode.Uri;
}

/** NoProp: Predict on File. Labels the rows of a CSV file with a run, and writes them to another. */
export async function predictOnFile(
  { training, log }: Context,
  given: RunRecord | PredictOptions = {},
): Promise<vscode.Uri | undefined> {
  const options: PredictOptions = 'id' in given ? { run: given.id } : given;
  const run = options.run ?? (await pickRun(await training.runs()));
  if (!run) return undefined;
  const filters = { CSV: ['csv'] };
  const data =
    options.data ??
    (await vscode.window.showOpenDialog({ title: 'Rows to label', filters, openLabel: 'Predict' }))?.[0];
  if (!data) return undefined;
  const suggested = data.with({ path: data.path.replace(/(\.csv)?$/i, '.predicted.csv') });
  const out = options.out ?? (await vscode.window.showSaveDialog({ filters, defaultUri: suggested }));
  if (!out) return undefined;
  const { rows, accuracy } = await training.predictFile(run, data.fsPath, out.fsPath);
  const right = accuracy === undefined ? '' : `; ${(100 * accuracy).toFixed(1)} % agree with the label column`;
  log.info(`labelled ${rows} rows of ${data.fsPath} with ${run}`);
  void vscode.window.showInformationMessage(`Labelled ${rows} rows${right}.`, 'Open').then((choice) => {
    if (choice) void vscode.commands.executeCommand('vscode.open', out);
  });
  return out;
}

async function pickRun(runs: readonly RunRecord[]): Promise<string | undefined> {
  const ready = runs.filter(testScore);
  if (!ready.length) throw new InputError('there is no trained run yet: train a model first');
  const items = ready.map((run) => ({
    label: run.name,
    description: `${run.state}${scoreText(run)}`,
    detail: new Date(run.updated).toLocaleString(),
    id: run.id,
  }));
  return (await vscode.window.showQuickPick(items, { title: 'Predict on File', placeHolder: 'Choose a run' }))?.id;
}

/** Deletes a run after asking. */
export async function deleteRun({ training }: Context, run: RunRecord): Promise<void> {
  const detail = 'Its weights and metrics are deleted from disk.';
  const choice = await vscode.window.showWarningMessage(
    `Delete this run of ${run.name}?`,
    { modal: true, detail },
    'Delete',
  );
  if (choice) await training.remove(run.id);
}

/** Shows a run's folder in the system's file manager, or the folder's experiment where there is none. */
export async function showRun({ training }: Context, run: RunRecord): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(`${training.pathOf(run.id)}/run.json`));
}

/** The current source, in a lab: a draft is opened in one first. */
async function opened({ current, labs }: Context): Promise<Source> {
  if (labs.last) return labs.last;
  const open = new Promise<void>((resolve) => {
    const listener = labs.onDidChange(() => {
      listener.dispose();
      resolve();
    });
  });
  await current().openLab();
  await open;
  return current();
}
