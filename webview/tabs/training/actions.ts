import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../controls/parts';
import type { Store } from '../../state/store';

/** Stop or resume the run in view, where it trains or was stopped; and train, which queues where another trains. */
export function actions({ study }: Store): TemplateResult {
  const { run, queue } = study;
  const job = queue.find((one) => one.run !== undefined && one.run === run?.id);
  const open = run && !job && (run.state === 'stopped' || run.state === 'interrupted');
  const first = job
    ? html`<button type="button" class="primary" @click=${() => void study.stop(job.id)}>
        ${icon('debug-stop')} Stop
      </button>`
    : open
      ? html`<button type="button" class="primary" @click=${() => void study.train(run.id)}>
          ${icon('debug-continue')} Resume
        </button>`
      : nothing;
  return html`${first}<button
      type="button"
      class=${job || open ? 'secondary' : 'primary'}
      title=${queue.length ? 'Trains as soon as a thread is free' : ''}
      @click=${() => void study.train()}
    >
      ${icon('play')} Train model
    </button>`;
}
