import { html, nothing, type TemplateResult } from 'lit';
import { isResumable } from '../../../src/core/runs/resumable';
import { icon } from '../../elements/icons';
import type { RunsState } from '../../state/runs';

/**
 * One button for the run in view: trains, stops what trains, or resumes what was stopped. Where it does not train anew, a
 * small one beside it does, which queues where another trains.
 */
export function trainButtons(runs: Pick<RunsState, 'run' | 'queue' | 'stop' | 'train'>): TemplateResult {
  const { run, queue } = runs;
  const job = queue.find((one) => one.run !== undefined && one.run === run?.id);
  const open = run && !job && isResumable(run);
  const [name, words, act] = job
    ? (['debug-stop', 'Stop', () => runs.stop(job.id)] as const)
    : open
      ? (['debug-continue', 'Resume', () => void runs.train(run.id)] as const)
      : (['play', 'Train model', () => void runs.train()] as const);
  const hint = queue.length ? 'Trains as soon as a thread is free' : 'Trains the model anew';
  return html`<div class="train">
    <button type="button" class="primary" title=${job || open ? '' : hint} @click=${act}>${icon(name)} ${words}</button>
    ${
      job || open
        ? html`<button
            type="button"
            class="secondary"
            title=${`Train model. ${hint}`}
            aria-label="Train model"
            @click=${() => void runs.train()}
          >
            ${icon('play')}
          </button>`
        : nothing
    }
  </div>`;
}
