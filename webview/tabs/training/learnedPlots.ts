import { memo } from '../../plot/memo';
import type { PlotSpec } from '../../plot/spec';
import type { Playback } from './playback';
import { boundarySpec, momentAt } from './plots/boundary';
import { confusionSpec } from './plots/confusion';
import { predictionsSpec, targetPathsSpec } from './plots/regression';
import { runText } from './plots/runText';
import { trajectoriesSpec } from './plots/trajectories';
import type { TrainingPage } from './trainingPage';

/**
 * What a run learned, or has learned so far: its decision boundary or its predictions, the paths of test rows, and how
 * these were answered. The same pictures while it trains and after.
 */
export function learnedPlots(
  page: Pick<TrainingPage, 'runs' | 'theme' | 'learned'>,
  playback: Pick<Playback, 'share'>,
): () => readonly PlotSpec[] {
  const boundary = memo(boundarySpec);
  const trajectories = memo(trajectoriesSpec);
  const predictions = memo(predictionsSpec);
  const targetPaths = memo(targetPathsSpec);
  const confusion = memo(confusionSpec);

  return () => {
    const { theme, runs, learned } = page;
    const { run } = runs;
    const { shown } = learned;
    if (!shown || !run) return [];
    const { boundary: map, evaluation, trajectories: paths } = shown.value;
    const made = runText(run);
    const { share } = playback;
    return [
      ...(map ? [boundary(map, momentAt(map.times, share), theme, made)] : []),
      ...(evaluation?.targets ? [predictions(evaluation, run.data.features ?? [], theme, made)] : []),
      ...(paths?.targets ? [targetPaths(paths, theme, made)] : []),
      ...(paths && !paths.targets ? [trajectories(paths, momentAt(paths.times, share), theme, made, false)] : []),
      ...(evaluation && !evaluation.targets ? [confusion(evaluation, run.data.testRows, theme, made)] : []),
    ];
  };
}
