import { uniform } from '../../../../src/core/math/spacing';
import { explanations } from '../../../../src/core/reference/explanations';
import type { LearnedRecord } from '../../../../src/core/runs/record';
import { createSchedule } from '../../../../src/core/schedules';
import { fade } from '../../../plot/colors';
import { line } from '../../../plot/marks/line';
import type { PlotSpec } from '../../../plot/spec';
import { seriesColor } from '../../../plot/strokes';
import type { Theme } from '../../../plot/theme';

/** Times at which the curve is drawn. */
const TIMES = uniform(0, 1, 201);

/** The schedule that a run trains with its model, beside what it began as. */
export function trainedScheduleSpec(learned: LearnedRecord, theme: Theme, problem: string): PlotSpec {
  const { gammaMin, gammaMax, initial, weights } = learned;
  const values = (of: readonly number[]) => {
    const { logSnr } = createSchedule('learned', { gammaMin, gammaMax }, { weights: of });
    return TIMES.map(logSnr);
  };
  const color = seriesColor(theme, 0);
  const ghost = { color: fade(color, theme.contrast ? 0.8 : 0.5), dash: [4, 4], width: 1.5 };
  return {
    id: 'learned-schedule',
    title: 'Learned schedule',
    about:
      'γ(t), its ends fixed. Totals of two schedules compare only where these share γ(0) and γ(1) and no weight is capped.',
    x: { title: 't', range: [0, 1] },
    y: { title: 'γ' },
    marks: [
      line({ label: 'before training', x: TIMES, y: values(initial), ...ghost }),
      line({ label: 'now', x: TIMES, y: values(weights), color }),
    ],
    explanations: [explanations.learned],
    problem,
  };
}
