import * as vscode from 'vscode';
import { formatNumber } from '../../core/text/format';
import { InputError } from '../../core/registry/problem';
import { testScore } from '../../core/runs/metrics';
import { groupsOf, spreadText } from '../../core/runs/groups';
import type { QueueJob } from '../../protocol/queue';
import type { RunRecord } from '../../core/runs/record';
import type { Source } from '../source';
import type { Context } from './context';
import { showProgress } from './progress';

/**
 * NoProp: Train Model. Queues the training of the current experiment (the draft is opened in the lab first), shows it
 * there, and reports progress that can be cancelled. Answers the run's record, or those of several seeds; undefined
 * where it was stopped before it began.
 */
export async function trainModel(context: Context): Promise<RunRecord | RunRecord[] | undefined> {
  const { runStore, labs } = context;
  const source = await opened(context);
  labs.open('training', false);
  const asked = runStore.train(source);
  const records = await showProgress(runStore, `Training ${source.experiment().name}`, asked);
  if (asked.jobs.length === 1) {
    if (records[0]) tell(records[0]);
    return records[0];
  }
  tellAll(records, asked.jobs.length);
  return records;
}

/** Says what several seeds reached together. */
function tellAll(records: readonly RunRecord[], asked: number): void {
  const done = records.filter(({ state }) => state === 'done');
  const bad = records.find(({ state }) => state === 'diverged' || state === 'failed');
  if (bad) return void vscode.window.showErrorMessage(`${bad.name}, seed ${bad.seed}: ${bad.message ?? bad.state}`);
  const [test] = groupsOf(done).map((group) => group.test);
  if (!test) return;
  const score = `${test.name} ${spreadText(test.spread)}`;
  const text = `${done[0]!.name} is trained with ${done.length} of ${asked} seeds: ${score}`;
  void vscode.window.showInformationMessage(`${text} (mean ± standard error).`);
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

/** NoProp: Stop Training. A run keeps what it has and can be resumed; of several trainings, asks which. */
export async function stopTraining({ runStore }: Context, item?: RunRecord | QueueJob): Promise<void> {
  const { queue } = runStore;
  if (item || queue.length < 2) return runStore.stop(item?.id);
  const rows = queue.map(({ id, name, seed, state, step, steps }) => ({
    label: name,
    description: `seed ${seed}, ${state === 'waiting' ? 'waiting' : `step ${step} of ${steps}`}`,
    id: id,
  }));
  const all = { label: 'All trainings', description: `${queue.length} of them`, id: undefined };
  const choice = await vscode.window.showQuickPick([all, ...rows], { placeHolder: 'Choose the training to stop' });
  if (choice) await runStore.stop(choice.id);
}

/**
 * NoProp: Compare Models. Queues the training of all four kinds of model with the experiment's seeds, and shows how
 * they compare. Answers the records.
 */
export async function compareModels(context: Context): Promise<RunRecord[]> {
  const { runStore, labs } = context;
  const source = await opened(context);
  labs.open('training', false, 'models');
  const asked = runStore.trainModels(source);
  const records = await showProgress(runStore, `Training all models of ${source.experiment().name}`, asked);
  const bad = records.find(({ state }) => state === 'diverged' || state === 'failed');
  if (bad)
    void vscode.window.showErrorMessage(`${bad.name}, ${bad.model}, seed ${bad.seed}: ${bad.message ?? bad.state}`);
  return records;
}

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
  { runStore, log }: Context,
  given: RunRecord | PredictOptions = {},
): Promise<vscode.Uri | undefined> {
  const options: PredictOptions = 'id' in given ? { run: given.id } : given;
  const run = options.run ?? (await pickRun(await runStore.runs(), 'Predict on File'));
  if (!run) return undefined;
  const filters = { CSV: ['csv'] };
  const data =
    options.data ??
    (await vscode.window.showOpenDialog({ title: 'Rows to label', filters, openLabel: 'Predict' }))?.[0];
  if (!data) return undefined;
  const suggested = data.with({ path: data.path.replace(/(\.csv)?$/i, '.predicted.csv') });
  const out = options.out ?? (await vscode.window.showSaveDialog({ filters, defaultUri: suggested }));
  if (!out) return undefined;
  const { rows, accuracy, rmse } = await runStore.computations.predictFile(run, data.fsPath, out.fsPath);
  const right = accuracy === undefined ? '' : `; ${(100 * accuracy).toFixed(1)} % agree with the label column`;
  const off = rmse === undefined ? '' : `; RMSE ${formatNumber(rmse)} against the label column`;
  log.info(`labelled ${rows} rows of ${data.fsPath} with ${run}`);
  void vscode.window.showInformationMessage(`Labelled ${rows} rows${right}${off}.`, 'Open').then((choice) => {
    if (choice) void vscode.commands.executeCommand('vscode.open', out);
  });
  return out;
}

/** Asks for a run that is trained; undefined where the user gave up, an InputError where there is none. */
export async function pickRun(runs: readonly RunRecord[], title: string): Promise<string | undefined> {
  const ready = runs.filter(testScore);
  if (!ready.length) throw new InputError('there is no trained run yet: train a model first');
  const items = ready.map((run) => ({
    label: run.name,
    description: `${run.state}${scoreText(run)}`,
    detail: new Date(run.updated).toLocaleString(),
    id: run.id,
  }));
  return (await vscode.window.showQuickPick(items, { title, placeHolder: 'Choose a run' }))?.id;
}

/** Deletes a run after asking. */
export async function deleteRun({ runStore }: Context, run: RunRecord): Promise<void> {
  const detail = 'Its weights and metrics are deleted from disk.';
  const choice = await vscode.window.showWarningMessage(
    `Delete this run of ${run.name}?`,
    { modal: true, detail },
    'Delete',
  );
  if (choice) await runStore.remove(run.id);
}

/** Shows a run's folder in the system's file manager, or the folder's experiment where there is none. */
export async function showRun({ runStore }: Context, run: RunRecord): Promise<void> {
  await vscode.commands.executeCommand(
    'vscode.open',
    vscode.Uri.file(`${runStore.computations.folderOf(run.id)}/run.json`),
  );
}

/** The current source, in a lab: a draft is opened in one first. */
export async function opened({ current, labs }: Context): Promise<Source> {
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
