import { html, type TemplateResult } from 'lit';
import { explanations } from '../../../../src/core/reference/explanations';
import { uniform } from '../../../../src/core/math/spacing';
import { createSchedule } from '../../../../src/core/schedules';
import type { LearnedRecord, RunRecord } from '../../../../src/core/runs/record';
import { useLearned } from '../../../state/scheduleEdits';
import type { Store } from '../../../state/store';
import { fade, type Theme } from '../../../plot/theme';
import type { Card } from '../../../pictures/card';
import { colorOf } from '../../../pictures/colors';
import { memo } from '../../../pictures/memo';
import type { Picture } from '../../../pictures/picture';

/** Times at which the curve is drawn. */
const TIMES = uniform(0, 1, 201);

/** The schedule that a run trains with its model, beside what it began as; no card for other runs. */
export function scheduleCards(store: Store): () => Card[] {
  const picture = memo(curvePicture);
  return () => {
    const { run } = store.study;
    if (!run?.learned) return [];
    return [
      {
        id: 'learned-schedule',
        title: 'Learned schedule',
        about:
          'γ(t), its ends fixed. Totals of two schedules compare only where these share γ(0) and γ(1) and no weight is capped.',
        picture: picture(run.learned, store.theme),
        explanations: [explanations.learned],
        choice: action(store, run, run.learned),
      },
    ];
  };
}

/** Takes the curve into the document when the run has ended. */
function action(store: Store, { state }: RunRecord, learned: LearnedRecord): TemplateResult | undefined {
  if (state === 'running') return undefined;
  const title = 'Writes the weights into the document’s learned schedule, in one edit that can be undone';
  return html`<button
    type="button"
    class="link apart"
    title=${title}
    ?disabled=${store.blocked}
    @click=${() => useLearned(store, learned)}
  >
    Use learned schedule
  </button>`;
}

function curvePicture({ gammaMin, gammaMax, initial, weights }: LearnedRecord, theme: Theme): Picture {
  const line = (of: readonly number[]) => {
    const { logSnr } = createSchedule('learned', { gammaMin, gammaMax }, { weights: of });
    return TIMES.map(logSnr);
  };
  const color = colorOf(theme, 0);
  const ghost = { color: fade(color, theme.contrast ? 0.8 : 0.5), dash: [4, 4], width: 1.5 };
  return {
    x: { title: 't', range: [0, 1] },
    y: { title: 'γ' },
    series: [
      { label: 'before training', x: TIMES, y: line(initial), ...ghost },
      { label: 'now', x: TIMES, y: line(weights), color },
    ],
  };
}
