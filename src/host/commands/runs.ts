import * as vscode from 'vscode';
import { InputError } from '../../core/registry/problem';
import { testScore, type Scores } from '../../core/runs/metrics';
import type { RunSummary } from '../../core/runs/runList';
import { runNames } from '../../core/runs/runNames';
import { labelText } from '../../core/text/plainText';
import { choose } from '../ask';
import { predictRows, type PredictionFiles } from '../predictions';
import { deleteRuns, openRunFiles } from '../runFiles';
import type { RunRow } from '../runsTree';
import type { CommandContext } from './commandContext';
import { inform } from '../notify';
import { say } from '../say';
import { stateText } from '../stateText';

/** The score on test rows, to stand behind something else; nothing where it was not measured. */
export function scoreText(run: Scores): string {
  const score = testScore(run);
  return score ? `, ${score.name} ${score.value.toFixed(4)}` : '';
}

/** What a caller by id may settle in advance. */
interface PredictOptions extends PredictionFiles {
  readonly run?: string;
}

/** NoProp: Predict on File. Predicts the rows of a table with a run, and writes them to another. */
export async function predictOnFile(
  { runStore, log }: CommandContext,
  given: RunRow | PredictOptions = {},
): Promise<vscode.Uri | undefined> {
  const options: PredictOptions = 'id' in given ? { run: given.id } : given;
  const run = options.run ?? (await pickRun(await runStore.runs(), say`Predict on File`));
  return run === undefined ? undefined : predictRows(runStore, run, options, log);
}

/** Asks for a run that is trained; undefined where the user gave up, an InputError where there is none. */
export async function pickRun(runs: readonly RunSummary[], title: string): Promise<string | undefined> {
  const ready = runs.filter(testScore);
  if (!ready.length) throw new InputError(say`there is no trained run yet: train a model first`);
  return (await choose(runItems(ready), { title, placeHolder: say`Choose a run` }))?.id;
}

/** Runs as rows of a picker, each by what tells it from the others. */
export function runItems(
  runs: readonly RunSummary[],
): { label: string; description: string; detail: string; id: string }[] {
  // prettier-ignore
  const names = runNames(runs);
  return runs.map((run) => ({
    label: labelText(names.get(run.id)!),
    description: `${stateText(run.state)}${scoreText(run)}`,
    detail: new Date(run.updated).toLocaleString(),
    id: run.id,
  }));
}

/** The runs whose rows an action is for: those that are selected with its row. Asks for one where there is no row. */
export async function chosenRuns(
  { runStore }: CommandContext,
  title: string,
  row?: RunRow,
  selected?: readonly RunRow[],
): Promise<readonly string[]> {
  const rows = selected?.length ? selected : row ? [row] : [];
  if (rows.length) return [...new Set(rows.flatMap((one) => (one.kind === 'run' || one.kind === 'damaged' ? one.id : [])))]; // prettier-ignore
  const runs = await runStore.runs();
  if (!runs.length) throw new InputError(say`there is no run yet: train a model first`);
  const choice = await choose(runItems(runs), { title, placeHolder: say`Choose a run` });
  return choice ? [choice.id] : [];
}

/** NoProp: Delete Run. Moves runs to the trash; a notification brings them back. Answers whether all went. */
export async function deleteRun(context: CommandContext, row?: RunRow, selected?: readonly RunRow[]): Promise<boolean> {
  const runs = await chosenRuns(context, say`Delete Run`, row, selected);
  return runs.length > 0 && deleteRuns(context.runStore, runs);
}

/** NoProp: Mend Run. Makes what is damaged of a run again of its other files. */
export async function mendRun({ runStore, log }: CommandContext, { id }: RunRow): Promise<void> {
  await runStore.edits.mend(id);
  const name = runStore.runOf(id)?.name ?? id;
  log.info(`mended the run ${id}`);
  void inform(say`The run of ${name} is whole again.`);
}

/** Opens a run's record, or another of its files where it has none. */
export const showRun = ({ runStore }: CommandContext, { id }: RunRow): Promise<void> => openRunFiles(runStore, id);
