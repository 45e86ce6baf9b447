import { applyChanges } from '../core/experiment/applyChange';
import { InputError } from '../core/registry/problem';
import type { RunRecord } from '../core/runs/record';
import { isCellGroup, settingChanges, withSettings } from '../core/sweeps/cells';
import { busyRun, isSettled, sweepState } from '../core/sweeps/stages';
import type { HostCalls } from '../protocol/hostCalls';
import type { Handlers } from '../protocol/rpc';
import { movedText } from './dataPaths';
import type { ExperimentSource } from './experimentSource';
import { workspaceFolder } from './fileDialogs';
import type { QueuedTraining } from './queuedTraining';
import type { RunStore } from './runStore';
import { say } from './say';
import { openUntitled } from './untitled';

/**
 * Trains what the sweep of a source's experiment still needs, stage by stage, until it is done or stopped; answers the
 * records of what was trained. `follow` is told of each stage. An InputError where the sweep cannot be run, or runs.
 */
export async function trainSweep(
  runStore: RunStore,
  source: ExperimentSource,
  follow: (training: QueuedTraining) => unknown = () => undefined,
): Promise<RunRecord[]> {
  const experiment = source.experiment();
  const trained: RunRecord[] = [];
  for (;;) {
    const state = sweepState(experiment, await runStore.runs());
    if (sweepJobs(runStore, experiment.name).length) throw new InputError(say`the sweep is running: stop it first`);
    const busy = busyRun(state);
    if (busy)
      throw new InputError(say`the run ${busy.id} of this sweep is in training elsewhere: wait for it, or stop it`);
    if (!state.open.length) return trained;
    const training = runStore.queueSweep(state.open, source.folder);
    follow(training);
    const records = await training.ended;
    trained.push(...records);
    if (records.length < state.open.length || !records.every(isSettled)) return trained;
  }
}

/** The trainings of this window that a sweep of the experiment of this name has, those that wait first. */
function sweepJobs({ queue }: RunStore, name: string) {
  const own = queue.filter((job) => isCellGroup(job.group) && job.name === name);
  return own.sort((a, b) => Number(a.state === 'running') - Number(b.state === 'running'));
}

/** Stops the sweep of the experiment of this name. What waits goes first, or it would begin where another one ended. */
export async function stopSweepOf(runStore: RunStore, name: string): Promise<void> {
  await Promise.all(sweepJobs(runStore, name).map(({ id }) => runStore.stop(id)));
}

/** What a page asks of sweeps; `settled` is its source once it holds what the page shows. */
export const sweepHandlers = (
  runStore: RunStore,
  settled: () => Promise<ExperimentSource>,
): Pick<Handlers<HostCalls>, 'sweep' | 'stopSweep' | 'duplicate'> => ({
  sweep: async () => trainSweep(runStore, await settled()),
  stopSweep: async () => stopSweepOf(runStore, (await settled()).experiment().name),
  duplicate: async ([settings]) => {
    const source = await settled();
    const experiment = source.experiment();
    withSettings(experiment, settings); // refuses what does not go together
    const name = { path: ['name'], value: say`${experiment.name}, best of its sweep` };
    const text = applyChanges(source.text, [...settingChanges(experiment, settings), name]);
    await openUntitled(movedText(text, source.folder, workspaceFolder()));
  },
});
