import { html, type TemplateResult } from 'lit';
import type { LearnedRecord } from '../../../src/core/runs/record';
import type { RunSummary } from '../../../src/core/runs/runList';
import { memo } from '../../plot/memo';
import { hasLearned, useLearned } from '../../state/scheduleEdits';
import type { TrainingPage } from './trainingPage';
import type { Plots } from './learningPlots';
import { runText } from './plots/runText';
import { trainedScheduleSpec } from './plots/trainedSchedule';

type SchedulePage = Pick<TrainingPage, 'runs' | 'theme' | 'editing' | 'blocked'>;

/** The schedule that a run trains with its model; no plot for other runs. */
export function trainedSchedulePlots(page: SchedulePage): () => Plots {
  const spec = memo(trainedScheduleSpec);
  return () => {
    const { run } = page.runs;
    if (!run?.learned) return { specs: [] };
    return {
      specs: [spec(run.learned, page.theme, runText(run))],
      choices: { 'learned-schedule': useButton(page, run, run.learned) },
    };
  };
}

/** Takes the curve into the document when the run has ended. */
function useButton(
  { editing, blocked }: SchedulePage,
  { state }: RunSummary,
  learned: LearnedRecord,
): TemplateResult | undefined {
  if (state === 'running') return undefined;
  if (hasLearned(editing, learned)) return html`<span class="apart made">In the document</span>`;
  const title = 'Writes the weights into the document’s learned schedule, in one edit that can be undone';
  return html`<button
    type="button"
    class="link apart"
    title=${title}
    ?disabled=${blocked}
    @click=${() => useLearned(editing, learned)}
  >
    Use learned schedule
  </button>`;
}
