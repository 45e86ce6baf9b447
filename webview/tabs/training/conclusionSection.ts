import { html, nothing, type TemplateResult } from 'lit';
import { tableFormats } from '../../../src/core/text/tables';
import type { RunConclusion } from '../../../src/core/conclusion/conclusion';
import type { RunSummary } from '../../../src/core/runs/runList';
import { picker } from '../../controls/choiceField';
import { icon } from '../../elements/icons';
import { memo } from '../../plot/memo';
import type { PlotGrid } from '../../plot/plotGrid';
import { accuracySpec, cellText, findingsTable, gapSpec } from './plots/conclusion';
import type { TrainingPage } from './trainingPage';
import type { ConclusionQueries } from './conclusionQueries';
import { section } from './section';

/** Whether the note's conclusion can be tested on a run. */
export const canConclude = ({ model, state, testAccuracy }: RunSummary): boolean =>
  model === 'ct' && state !== 'running' && testAccuracy !== undefined;

/** The note's last claim, "minimal impact on final performance", tested on the run that is looked at. */
export function conclusionSection(
  page: Pick<TrainingPage, 'theme' | 'plots' | 'changed'>,
  conclusions: ConclusionQueries,
  grid: PlotGrid,
): (run: RunSummary) => TemplateResult | typeof nothing {
  const accuracy = memo(accuracySpec);
  const gap = memo(gapSpec);
  /** The schedule that is shown, a place in the list. */
  let chosen = 0;

  const action = ({ id }: RunSummary): TemplateResult => {
    const { running } = conclusions;
    if (!running)
      return html`<button type="button" class="secondary" @click=${() => conclusions.begin(id)}>
        ${icon('beaker')} Test the conclusion
      </button>`;
    const { progress } = running;
    return html`<button type="button" class="secondary" @click=${() => conclusions.cancel()}>
        ${icon('debug-stop')} Cancel
      </button>
      <span class="problem" role="status"
        >${progress ? `${progress.done} of ${progress.total} done` : 'Starting'}</span
      >`;
  };

  const specs = (value: RunConclusion) => {
    const schedule = Math.min(chosen, value.schedules.length - 1);
    return [accuracy(value, schedule, page.theme), gap(value, schedule, page.theme)];
  };

  const shown = (value: RunConclusion, run: RunSummary): TemplateResult => {
    const table = findingsTable(value);
    const options = value.schedules.map(({ label }, i) => ({ id: String(i), title: i ? label : `${label} (its own)` }));
    return html`<p class="verdict" data-testid="conclusion">${value.sentence}</p>
      ${
        value.step === run.step
          ? nothing
          : html`<p class="problem" role="status">
              Tested after ${value.step} steps; the run has taken ${run.step} since.
            </p>`
      }
      <div class="inline">
        ${picker(
          'Schedule shown',
          String(Math.min(chosen, options.length - 1)),
          options,
          (id) => {
            chosen = Number(id);
            page.changed();
          },
          { test: 'conclusion-schedule' },
        )}
      </div>
      <div class="grid pair">${grid.render(specs(value))}</div>
      <div class="scroll" tabindex="0" role="group" aria-label="Findings">
        <table class="figures" data-testid="findings">
          <thead>
            <tr>
              ${table.names.map((name) => html`<th scope="col">${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${table.rows.map(
              (row) =>
                html`<tr>
                  ${row.map((cell) => html`<td>${cellText(cell)}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <p class="problem">
        ${value.rule} ${value.problem}
        ${tableFormats.map(
          (format) =>
            html`<button type="button" class="link" @click=${() => page.plots.copy(format.write(table))}>
              Copy as ${format.title}
            </button> `,
        )}
      </p>`;
  };

  return (run) => {
    if (!canConclude(run)) return nothing;
    const value = conclusions.of(run.id);
    const error = conclusions.errorOf(run.id);
    return section(
      'conclusion',
      'The note’s conclusion, tested',
      html`<p class="about-line">
          The note says that eq. 28 in place of eqs. 26 and 27 has “minimal impact on final performance”. This runs the
          model by eqs. 27, 28 and 28′ and by the community’s equation, under its own schedule and two others; u is
          asked at the time of the same log-SNR.
        </p>
        <p class="inline">${action(run)}</p>
        <div class="progress ${conclusions.running?.run === run.id ? 'on' : ''}"></div>
        ${error ? html`<p class="error-text" role="alert">${error.message}</p>` : nothing}
        ${value ? shown(value, run) : nothing}`,
    );
  };
}
