import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber } from '../../../src/core/text/format';
import { namedScores } from '../../../src/core/runs/metrics';
import type { RunSummary } from '../../../src/core/runs/runList';
import type { RunsState } from '../../state/runs';
import { groupLine, runPicker } from './runPicker';
import { damageLine } from './damagedRuns';
import { saveWarning } from './saveWarning';
import { checkpointLine, weightsBar } from './weightsBar';

const WHAT_TO_DO: Partial<Record<RunSummary['state'], string>> = {
  stopped: 'Resume goes on where it stopped.',
  interrupted: 'Resume goes on from this step, the last that is kept.',
  diverged: 'Lower the learning rate or the weight cap, then train again.',
  failed: 'Mend what the message names, then train again.',
};

/** The run picker, and what state its run is in. */
export function runSummary(runs: RunsState, run: RunSummary): TemplateResult {
  const rows = runs.records ?? [];
  const speed = run.stepsPerSecond === undefined ? '' : `, ${formatNumber(run.stepsPerSecond, 3)} steps a second`;
  return html`<div class="run">
      ${runPicker(rows, run.id, runs.picking)}
      <dl>
        <div>
          <dt>state</dt>
          <dd data-testid="run-state">${run.state}</dd>
        </div>
        <div>
          <dt>step</dt>
          <dd>${run.step} of ${run.steps}${speed}</dd>
        </div>
        ${namedScores(run).map(
          ([name, value]) =>
            html`<div>
              <dt>${name}</dt>
              <dd data-testid=${name.replace(' ', '-').toLowerCase()}>${value.toFixed(4)}</dd>
            </div>`,
        )}
        <div>
          <dt>seed</dt>
          <dd>${run.seed}</dd>
        </div>
      </dl>
      ${weightsBar(runs, run)}
    </div>
    ${damageLine(runs, run)} ${groupLine(rows, run)} ${checkpointLine(runs)}
    <progress max=${run.steps} value=${run.step} aria-label="Steps trained"></progress>
    ${saveWarning(runs.queue.find((job) => job.run === run.id))}
    ${
      run.state === 'running' || (run.state === 'done' && !run.message)
        ? nothing
        : html`<p class="problem" role="status">${whyText(run)}${WHAT_TO_DO[run.state] ?? ''}</p>`
    }`;
}

/** Why a run is in its state. Nobody could write it where the process was killed. */
function whyText({ message, state }: RunSummary): string {
  if (message) return `${message.charAt(0).toUpperCase()}${message.slice(1)}. `;
  return state === 'interrupted' ? 'The process that trained it is gone. ' : '';
}
