import { InputError } from '../../core/registry/problem';
import type { RunRecord } from '../../core/runs/record';
import { isResumable } from '../../core/runs/resumable';
import { runNames } from '../../core/runs/runNames';
import { labelText } from '../../core/text/plainText';
import type { RunSummary } from '../../core/runs/runList';
import type { CommandContext } from './commandContext';
import { showProgress } from './trainingProgress';
import { choose } from '../ask';
import { say } from '../say';
import { stateText } from '../stateText';

/** NoProp: Resume Training. Goes on with a run that was stopped or interrupted; asks which where none is given. */
export async function resumeTraining(
  { runStore }: CommandContext,
  given?: Pick<RunRecord, 'id'>,
): Promise<RunRecord | undefined> {
  const runs = await runStore.runs();
  const id = given?.id ?? (await pick(runs.filter((run) => isResumable(run) && !runStore.jobOf(run.id))));
  const name = runs.find((run) => run.id === id)?.name;
  if (id === undefined || name === undefined) return undefined;
  const [record] = await showProgress(runStore, say`Training ${name}`, runStore.resume(id));
  return record;
}

async function pick(runs: readonly RunSummary[]): Promise<string | undefined> {
  if (!runs.length) throw new InputError(say`no run was stopped or interrupted: there is none to go on with`);
  const names = runNames(runs);
  const items = runs.map(({ id, seed, state, step, steps, updated }) => ({
    label: labelText(names.get(id)!),
    description: say`seed ${seed}, ${stateText(state)} at step ${step} of ${steps}`,
    detail: new Date(updated).toLocaleString(),
    id,
  }));
  return (await choose(items, { title: say`Resume Training`, placeHolder: say`Choose a run` }))?.id;
}
