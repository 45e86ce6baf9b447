import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../controls/parts';
import type { Store } from '../store';

/** One button: train, or stop what trains; resume beside it where the newest run was stopped. */
export function actions({ study }: Store): TemplateResult {
  const { runs, run } = study;
  if (runs?.training)
    return html`<button type="button" class="primary" @click=${() => void study.stop()}>
      ${icon('debug-stop')} Stop
    </button>`;
  const open = run && (run.state === 'stopped' || run.state === 'interrupted');
  return html`${
      open
        ? html`<button type="button" class="primary" @click=${() => void study.train(run.id)}>
            ${icon('debug-continue')} Resume
          </button>`
        : nothing
    }<button type="button" class=${open ? 'secondary' : 'primary'} @click=${() => void study.train()}>
      ${icon('play')} Train model
    </button>`;
}
