import { html, nothing, type TemplateResult } from 'lit';
import type { QueueJob } from '../../../src/protocol/queue';
import { iconButton } from '../../elements/icons';
import type { RunsState } from '../../state/runs';

/** The trainings that run or wait, each with how far it is and a button that stops it; nothing for the one in view. */
export function queueList(runs: Pick<RunsState, 'queue' | 'run' | 'stop'>): TemplateResult | typeof nothing {
  const { queue: jobs, run } = runs;
  if (!jobs.length || (jobs.length === 1 && jobs[0]!.run === run?.id)) return nothing;
  const waiting = jobs.filter(({ state }) => state === 'waiting').length;
  return html`<section class="queue" aria-labelledby="queue-title" data-testid="queue">
    <h2 id="queue-title">Queue: ${jobs.length - waiting} in training, ${waiting} waiting</h2>
    <ul>
      ${jobs.map((job) => row(job, (id) => runs.stop(id)))}
    </ul>
  </section>`;
}

function row(job: QueueJob, stop: (id: string) => void): TemplateResult {
  const { id, name, seed, state, step, steps } = job;
  const what = `${name}, seed ${seed}`;
  const far = state === 'waiting' ? 'waiting' : `step ${step} of ${steps}`;
  return html`<li data-job=${id} data-state=${state}>
    <span class="what" title=${what}>${what}</span>
    <progress max=${steps} value=${step} aria-label=${`Steps of ${what}`}></progress>
    <span class="far">${far}</span>
    ${iconButton(state === 'waiting' ? 'close' : 'debug-stop', `${state === 'waiting' ? 'Cancel' : 'Stop'} ${what}`, () => stop(id))}
  </li>`;
}
