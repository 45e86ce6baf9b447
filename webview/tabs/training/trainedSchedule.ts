import { html, type TemplateResult } from 'lit';
import type { LearnedRecord, RunRecord } from '../../../src/core/runs/record';
import { memo } from '../../plot/memo';
import { useLearned } from '../../state/scheduleEdits';
import type { Store } from '../../state/store';
import type { Plots } from './learning';
import { runText } from './plots/runText';
import { trainedScheduleSpec } from './plots/trainedSchedule';

/** The schedule that a run trains with its model; no plot for other runs. */
export function trainedSchedulePlots(store: Store): () => Plots {
  const spec = memo(trainedScheduleSpec);
  return () => {
    const { run } = store.study;
    if (!run?.learned) return { specs: [] };
    return {
      specs: [spec(run.learned, store.theme, runText(run))],
      choices: { 'learned-schedule': useButton(store, run, run.learned) },
    };
  };
}

/** Takes the curve into the document when the run has ended. */
function useButton(store: Store, { state }: RunRecord, learned: LearnedRecord): TemplateResult | undefined {
  if (state === 'running') return undefined;
  const title = 'Writes the weights into the document’s learned schedule, in one edit that can be undone';
  return html`<button
    type="button"
    class="link apart"
    title=${title}
    ?disabled=${store.blocked}
    @click=${() => useLearned(store.editing, learned)}
  >
    Use learned schedule
  </button>`;
}
