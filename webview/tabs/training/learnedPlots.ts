import { html, type TemplateResult } from 'lit';
import { memo } from '../../plot/memo';
import type { TrainingPage } from './trainingPage';
import type { Plots } from './learningPlots';
import { boundarySpec, trajectoriesSpec } from './plots/learned';
import { predictionsSpec, targetPathsSpec } from './plots/regression';
import { runText } from './plots/runText';

/** What a run learned: its decision boundary or its predictions, and the paths of test rows. */
export function learnedPlots(page: Pick<TrainingPage, 'runs' | 'theme' | 'changed'>): () => Plots {
  const boundary = memo(boundarySpec);
  const trajectories = memo(trajectoriesSpec);
  const predictions = memo(predictionsSpec);
  const targetPaths = memo(targetPathsSpec);
  /** The step of the boundary that is shown; the last unless one was chosen. */
  let moment: number | undefined;

  const momentSlider = (at: number, last: number): TemplateResult =>
    html`<label class="moment"
      ><span>t</span
      ><input
        type="range"
        aria-label="Time of the boundary"
        min="0"
        max=${last}
        .value=${String(at)}
        @input=${({ target }: Event) => {
          moment = Number((target as HTMLInputElement).value);
          page.changed();
        }}
    /></label>`;

  return () => {
    const { theme, runs } = page;
    const { run } = runs;
    const { value } = runs.results;
    if (!value || !run) return { specs: [] };
    const { boundary: map, evaluation, trajectories: paths } = value;
    const made = runText(run);
    const last = map ? map.times.length - 1 : 0;
    const at = Math.min(moment ?? last, last);
    return {
      specs: [
        ...(map ? [boundary(map, at, theme, made)] : []),
        ...(evaluation?.targets ? [predictions(evaluation, run.data.features ?? [], theme, made)] : []),
        ...(paths?.targets ? [targetPaths(paths, theme, made)] : []),
        ...(paths && !paths.targets ? [trajectories(paths, theme, made, !map)] : []),
      ],
      choices: last > 0 ? { boundary: momentSlider(at, last) } : {},
    };
  };
}
