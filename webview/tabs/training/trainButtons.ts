import { html, nothing, type TemplateResult } from 'lit';
import { isResumable } from '../../../src/core/runs/resumable';
import { icon } from '../../elements/icons';
import type { RunsState } from '../../state/runs';

/** Stop or resume the run in view, where it trains or was stopped; and train, which queues where another trains. */
export function trainButtons(runs: Pick<RunsState, 'run' | 'queue' | 'stop' | 'train'>): TemplateResult {
  const { run, queue } = runs;
  const job = queue.find((one) => one.run !== undefined && one.run === run?.id);
  const open = run && !job && isResumable(run);
  const first = job
    ? html`<button type="button" class="primary" @click=${() => runs.stop(job.id)}>${icon('debug-stop')} Stop</button>`
    : open
      ? html`<button type="button" class="primary" @click=${() => void runs.train(run.id)}>
          ${icon('debug-continue')} Resume
        </button>`
      : nothing;
  return html`${first}<button
      type="button"
      class=${job || open ? 'secondary' : 'primary'}
      title=${queue.length ? 'Trains as soon as a thread is free' : ''}
      @click=${() => void runs.train()}
    >
      ${icon('play')} Train model
    </button>`;
}
