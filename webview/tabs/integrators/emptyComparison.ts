import { html, type TemplateResult } from 'lit';
import type { Experiment } from '../../../src/core/experiment/experiment';
import { formatNumber } from '../../../src/core/text/format';
import { integratorOf, pairOf } from '../../../src/core/integrators';
import { icon } from '../../elements/icons';

/** How many grids are compared: the experiment's own where none is named. */
const gridCount = ({ comparison }: Pick<Experiment, 'comparison'>): number => Math.max(comparison.grids.length, 1);

/** How many rows a comparison of an experiment has: methods by grids by counts of steps, and by tolerances. */
export function rowCount({ comparison }: Pick<Experiment, 'comparison'>): number {
  const { integrators, steps, tolerances } = comparison;
  const own = integrators.filter((id) => pairOf(integratorOf(id)) !== undefined).length;
  return integrators.length * gridCount({ comparison }) * steps.length + own * tolerances.length;
}

const counted = (count: number, name: string) => `${count} ${name}${count === 1 ? '' : 's'}`;

/** What stands where nothing was compared yet: what will appear, how long that may take, and the button that makes it. */
export function emptyComparison(experiment: Experiment, onRun: boolean, compare: () => void): TemplateResult {
  const { integrators, steps, aim } = experiment.comparison;
  const parts = [
    counted(integrators.length, 'method'),
    counted(gridCount(experiment), 'grid'),
    counted(steps.length, 'count'),
  ];
  return html`<div class="empty" data-testid="no-comparison">
    <p>
      Which method is the cheapest to an error of ${formatNumber(aim)}? A chart of error against evaluations of u
      appears here, with the aim as a line, a ring where each method comes to it, and the answer in a sentence.
    </p>
    <button type="button" class="primary" @click=${compare}>${icon('play')} Compare ${parts[0]}</button>
    <p>
      ${parts.slice(0, 2).join(', ')} and ${parts[2]} of steps: ${rowCount(experiment)} rows.
      ${
        onRun
          ? 'With the network of a run this may take a minute or more; it can be cancelled.'
          : 'That takes seconds, with many paths or fine steps a minute; it can be cancelled.'
      }
    </p>
  </div>`;
}
