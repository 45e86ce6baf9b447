import { html, nothing, type TemplateResult } from 'lit';
import type { QueueJob } from '../../../src/protocol/queue';
import { icon } from '../../elements/icons';

/** That a training cannot be saved, why, and from which step on nothing is kept; or that it can be again. */
export function saveWarning(job: QueueJob | undefined): TemplateResult | typeof nothing {
  if (job?.saveProblem !== undefined)
    return html`<div class="banner warning" role="alert" data-testid="save-problem">
      ${icon('warning')}
      <p><b>Nothing after step ${job.keptStep ?? 0} is saved.</b> ${sentence(job.saveProblem)}</p>
    </div>`;
  if (job?.savedAgain === undefined) return nothing;
  return html`<p class="problem" role="status" data-testid="saved-again">Saved again at step ${job.savedAgain}.</p>`;
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;
