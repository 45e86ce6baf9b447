import { html, nothing, type TemplateResult } from 'lit';
import { testScore } from '../../../src/core/runs/metrics';
import type { RunSummary } from '../../../src/core/runs/runList';
import { picker } from '../../controls/choiceField';
import { icon } from '../../elements/icons';
import type { RunsState } from '../../state/runs';

/** The value of the weights at the end among those of the picker. */
const END = 'end';

/** Which weights of a run are looked at, where it kept some on the way; and buttons to take them out and in. */
export function weightsBar(runs: RunsState, run: RunSummary): TemplateResult {
  const { checkpoints = [], bestStep } = run;
  const end = bestStep === undefined ? `end, step ${run.step}` : `best, step ${bestStep}`;
  const rows = [
    { id: END, title: end },
    ...checkpoints.map((step) => ({ id: String(step), title: `checkpoint, step ${step}` })).reverse(),
  ];
  const choose = (id: string) => runs.chooseCheckpoint(id === END ? undefined : Number(id));
  return html`${
      checkpoints.length && run.state !== 'running'
        ? picker('Weights', String(runs.checkpoint ?? END), rows, choose, { test: 'checkpoint' })
        : nothing
    }
    <span class="weights">
      ${
        run.state === 'running'
          ? nothing
          : html`<button
              type="button"
              class="link"
              data-testid="predict"
              @click=${() => void runs.write('predictFile')}
            >
              ${icon('tag')} Predict on a file…
            </button>`
      }
      <button type="button" class="link" @click=${() => void runs.write('exportWeights')}>
        ${icon('export')} Export weights
      </button>
      ${
        testScore(run) && run.state !== 'running'
          ? html`<button
              type="button"
              class="link"
              data-testid="export-run"
              title="The run as an ONNX or PyTorch model, a training script, a notebook, a scheduler or a table"
              @click=${() => void runs.write('exportRun')}
            >
              Export…
            </button>`
          : nothing
      }
      ${importButton(runs)}
    </span>`;
}

/** The button that makes a run of weights in a file. */
export const importButton = (runs: RunsState): TemplateResult =>
  html`<button type="button" class="link" @click=${() => void runs.importWeights()}>
    ${icon('cloud-upload')} Import weights
  </button>`;

/** What the weights of a checkpoint reach; nothing where those of the end are looked at. */
export function checkpointLine({ checkpoint, results }: RunsState): TemplateResult | typeof nothing {
  if (checkpoint === undefined) return nothing;
  const evaluation = results.value?.evaluation;
  const scores = evaluation?.targets
    ? evaluation.targets.map(({ name, r2 }) => `R² ${r2.toFixed(4)} of ${name}`).join(', ')
    : `accuracy ${evaluation?.accuracy?.toFixed(4)}`;
  const reached = evaluation && !results.busy ? `: ${scores} on ${evaluation.rows} test rows` : '';
  return html`<p class="problem" role="status" data-testid="checkpoint-accuracy">
    What was learned, and its evaluation, is shown as it was at step ${checkpoint}${reached}.
  </p>`;
}
