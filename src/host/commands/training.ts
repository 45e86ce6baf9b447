import * as vscode from 'vscode';
import { groupsOf, spreadText } from '../../core/runs/groups';
import { labelText } from '../../core/text/plainText';
import type { RunRecord } from '../../core/runs/record';
import type { CommandContext } from './commandContext';
import { chosenInLab } from './openLab';
import { scoreText } from './runs';
import { showProgress } from './trainingProgress';
import { choose } from '../ask';
import { fail, inform } from '../notify';
import { say } from '../say';
import { stateText } from '../stateText';
import { models } from '../../core/models';

/**
 * NoProp: Train Model. Queues the training of the experiment in the lab (asks which one where none is open), shows it
 * there, and reports progress that can be cancelled. Answers the run's record, or those of several seeds; undefined
 * where it was stopped before it began.
 */
export async function trainModel(context: CommandContext): Promise<RunRecord | RunRecord[] | undefined> {
  const { runStore, labs } = context;
  const source = await chosenInLab(context, say`Train Model`);
  if (!source) return undefined;
  labs.show('training', false);
  const training = runStore.train(source);
  const records = await showProgress(runStore, say`Training ${source.experiment().name}`, training);
  if (training.jobs.length === 1) {
    if (records[0]) reportRun(records[0]);
    return records[0];
  }
  reportRuns(records, training.jobs.length);
  return records;
}

/** Says what several seeds reached together. */
function reportRuns(records: readonly RunRecord[], wanted: number): void {
  const done = records.filter(({ state }) => state === 'done');
  const bad = records.find(({ state }) => state === 'diverged' || state === 'failed' || state === 'interrupted');
  if (bad) return void fail(say`${bad.name}, seed ${bad.seed}: ${bad.message ?? stateText(bad.state)}`);
  const [test] = groupsOf(done).map((group) => group.test);
  if (!test) return;
  const score = `${test.name} ${spreadText(test.spread)}`;
  void inform(
    say`${done[0]!.name} is trained with ${done.length} of ${wanted} seeds: ${score} (mean ± standard error).`,
  );
}

/** Says how a training ended. */
function reportRun(run: RunRecord): void {
  const { name, state, message, step } = run;
  const score = scoreText(run);
  if (state === 'done') void inform(say`${name} is trained: ${step} steps${score}.`);
  else if (state === 'stopped') void inform(say`${name} was stopped at step ${step}${score}. It can be resumed.`);
  else if (state === 'interrupted')
    void fail(say`${name} was interrupted: ${message ?? say`its process is gone`}`, say`Resume`).then((choice) => {
      if (choice) void vscode.commands.executeCommand('noprop.resumeTraining', run);
    });
  else void fail(say`${name}: ${message ?? stateText(state)}`);
}

/** NoProp: Stop Training. A run keeps what it has and can be resumed; of several trainings, asks which. */
export async function stopTraining({ runStore }: CommandContext, item?: { readonly id: string }): Promise<void> {
  const { queue } = runStore;
  if (item || queue.length < 2) return runStore.stop(item?.id);
  const rows = queue.map(({ id, name, seed, state, step, steps }) => ({
    label: labelText(name),
    description: say`seed ${seed}, ${state === 'waiting' ? say`waiting` : say`step ${step} of ${steps}`}`,
    id: id,
  }));
  const all = { label: say`All trainings`, description: say`${queue.length} of them`, id: undefined };
  const choice = await choose([all, ...rows], { placeHolder: say`Choose the training to stop` });
  if (choice) await runStore.stop(choice.id);
}

/**
 * NoProp: Compare Models. Queues the training of all four kinds of model with the experiment's seeds, and shows how
 * they compare. Answers the records.
 */
export async function compareModels(context: CommandContext): Promise<RunRecord[]> {
  const { runStore, labs } = context;
  const source = await chosenInLab(context, say`Compare Models`);
  if (!source) return [];
  labs.show('training', false, 'models');
  const training = runStore.trainModels(source);
  const records = await showProgress(runStore, say`Training all models of ${source.experiment().name}`, training);
  const bad = records.find(({ state }) => state === 'diverged' || state === 'failed' || state === 'interrupted');
  if (bad)
    void fail(say`${bad.name}, ${modelTitle(bad.model)}, seed ${bad.seed}: ${bad.message ?? stateText(bad.state)}`);
  return records;
}

/** The title of a kind of model. */
const modelTitle = (id: string): string => models.find((row) => row.id === id)?.title ?? id;
