import type { RunRecord } from '../../core/runs/record';
import { settingsText } from '../../core/sweeps/cells';
import { sweepResults } from '../../core/sweeps/results';
import { sweepState } from '../../core/sweeps/stages';
import { stopSweepOf, trainSweep } from '../sweepTraining';
import { fail, inform } from '../notify';
import { say } from '../say';
import { stateText } from '../stateText';
import type { CommandContext } from './commandContext';
import { chosenInLab } from './openLab';
import { showProgress } from './trainingProgress';

/**
 * NoProp: Run Sweep. Trains what the sweep of the experiment in the lab still needs, shows it there, and says which cell is
 * the best. Answers the records of what was trained.
 */
export async function runSweep(context: CommandContext): Promise<RunRecord[]> {
  const { runStore, labs } = context;
  const source = await chosenInLab(context, say`Run Sweep`);
  if (!source) return [];
  labs.show('training', false, 'sweep');
  const experiment = source.experiment();
  const title = say`Sweep of ${experiment.name}`;
  const records = await trainSweep(runStore, source, (training) =>
    showProgress(runStore, title, training).then(undefined, () => undefined),
  );
  const failed = records.find(({ state }) => state === 'failed' || state === 'interrupted');
  if (failed) {
    void fail(say`${failed.name}, seed ${failed.seed}: ${failed.message ?? stateText(failed.state)}`);
    return records;
  }
  const state = sweepState(experiment, await runStore.runs());
  const { best, score } = sweepResults(state, experiment.sweep.seeds);
  if (best && !state.open.length)
    void inform(say`The sweep of ${experiment.name} is done. Best: ${settingsText(best.settings)}, ${score!} ${best.mean.toFixed(4)}.`); // prettier-ignore
  return records;
}

/** NoProp: Stop Sweep. Stops the sweep of the experiment in the lab; it can go on. */
export async function stopSweep(context: CommandContext): Promise<void> {
  const source = await chosenInLab(context, say`Stop Sweep`);
  if (source) await stopSweepOf(context.runStore, source.experiment().name);
}
