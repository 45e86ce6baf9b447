import { html, nothing, type TemplateResult } from 'lit';
import type { Experiment } from '../../../../src/core/experiment/experiment';
import { messageOf } from '../../../../src/core/registry/problem';
import { valueText } from '../../../../src/core/sweeps/axisText';
import { isCellGroup } from '../../../../src/core/sweeps/cells';
import {
  againstBest,
  seedsText,
  sweepResults,
  type CellResult,
  type SweepResults,
} from '../../../../src/core/sweeps/results';
import { sweepState, type SweepState } from '../../../../src/core/sweeps/stages';
import { choiceField } from '../../../controls/choiceField';
import { SortTable, type Column } from '../../../controls/sortTable';
import { tableCard } from '../../../controls/tableCard';
import { textField } from '../../../controls/textField';
import { icon } from '../../../elements/icons';
import type { PlotSpec } from '../../../plot/spec';
import type { TrainingPage } from '../trainingPage';
import { axisName, axisRows } from './axisRows';
import { cellText, sweepPlots } from './sweepPlots';

type Page = Pick<TrainingPage, 'experiment' | 'editing' | 'blocked' | 'runs' | 'theme' | 'plots'>;

const four = (value: number) => (Number.isFinite(value) ? value.toFixed(4) : '–');
const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
const interval = (low: number, high: number, write: (value: number) => string) =>
  Number.isFinite(low) ? `\n[${write(low)}, ${write(high)}]` : '';

/** What the sweep of the experiment varies, how far it is, and what it has come to. */
export class SweepSection {
  private readonly table: SortTable<CellResult>;
  private key: readonly unknown[] = [];
  private state: SweepState | undefined;
  private results: SweepResults = { cells: [] };
  private specs: readonly PlotSpec[] = [];
  /** Why the sweep cannot be run. */
  private problem = '';

  constructor(private readonly page: Page) {
    this.table = new SortTable(page.plots, 'sweep', 50);
  }

  /** The plots, once a cell has a score. */
  plots(): readonly PlotSpec[] {
    this.follow();
    return this.specs;
  }

  /** The settings, how far the sweep is, its plots and its table. */
  content(plots: readonly TemplateResult[]): TemplateResult {
    const { editing, blocked, experiment } = this.page;
    const { axes, method } = experiment!.sweep;
    const draws = method !== 'grid' && !(method === 'successive-halving' && axes.every(({ values }) => values));
    const field = (name: string) => textField(editing, ['sweep', name]);
    const settings = html`<div class="settings fields">
      ${choiceField(editing, ['sweep', 'method'], { test: 'sweep method' })} ${draws ? field('cells') : nothing}
      ${field('seeds')} ${method === 'successive-halving' ? field('factor') : nothing}
    </div>`;
    const shown = this.results.cells.some(({ runs }) => runs.length);
    return html`<fieldset class="sweep" ?disabled=${blocked}>
        ${axisRows(editing)} ${axes.length ? settings : nothing}
      </fieldset>
      ${
        axes.length
          ? this.status()
          : html`<p class="about-line">
              A sweep trains the experiment with every choice of some settings, each with several seeds. The best choice
              appears here, with how sure it is.
            </p>`
      }
      ${shown ? [this.best(), html`<div class="grid">${plots}</div>`, this.rows()] : nothing}`;
  }

  /** Runs the sweep, stops it, or goes on with it. */
  action(): TemplateResult | typeof nothing {
    const { runs, blocked, experiment } = this.page;
    if (!experiment?.sweep.axes.length) return nothing;
    if (this.jobs.length)
      return html`<button type="button" class="secondary" @click=${() => runs.stopSweep()}>
        ${icon('debug-stop')} Stop sweep
      </button>`;
    const open = this.state?.open.length ?? 0;
    if (this.state && !open) return nothing;
    const began = this.results.cells.some((cell) => cell.runs.length);
    return html`<button
      type="button"
      class="secondary"
      ?disabled=${blocked || this.problem !== ''}
      title=${this.problem}
      @click=${() => void runs.sweep()}
    >
      ${icon(began ? 'debug-continue' : 'run-all')} ${began ? 'Go on with sweep' : 'Run sweep'}
    </button>`;
  }

  private get jobs() {
    const { runs, experiment } = this.page;
    return runs.queue.filter(({ group, name }) => isCellGroup(group) && name === experiment?.name);
  }

  /** How many trainings there are, and how far they are. */
  private status(): TemplateResult {
    const { state, problem, jobs } = this;
    if (problem) return html`<p class="problem" role="status" data-testid="sweep-status">${problem}</p>`;
    if (!state) return html``;
    const { total, ended, stages } = state;
    const seeds = this.page.experiment!.sweep.seeds;
    const cells = `${state.cells.length} ${state.cells.length === 1 ? 'cell' : 'cells'}`;
    const of = `${cells}, ${seeds} ${seeds === 1 ? 'seed' : 'seeds'} each${stages > 1 ? `, ${stages} stages` : ''}`;
    const part = jobs.reduce((sum, { step, steps }) => sum + step / steps, 0);
    const far = ended === total ? `${total} trainings, all done` : `${ended} of ${total} trainings done`;
    return html`<p class="about-line sweep-status" role="status" data-testid="sweep-status">
      ${of}: ${ended || jobs.length ? far : `${total} trainings`}.
      ${
        ended < total && (ended || jobs.length)
          ? html`<progress
              max=${total}
              value=${Math.min(ended + part, total)}
              aria-label="Trainings of the sweep"
            ></progress>`
          : nothing
      }
    </p>`;
  }

  /** The best cell in words, and the button that takes it. */
  private best(): TemplateResult | typeof nothing {
    const { best, score } = this.results;
    if (!best) return nothing;
    const { editing, runs, blocked } = this.page;
    const words = Object.entries(best.settings).map(
      ([path, value]) => `${axisName(editing, path)} ${valueText(value)}`,
    );
    return html`<div class="verdict sweep-best" data-testid="sweep-best">
      <p>
        <b>${this.state?.open.length ? 'Best so far' : 'Best'}: ${words.join(', ')}</b>. Its ${score} is
        ${cellText(best)}.
      </p>
      <button
        type="button"
        class="secondary"
        ?disabled=${blocked}
        title="Opens a new experiment with these settings"
        @click=${() => runs.duplicate(best.settings)}
      >
        ${icon('copy')} Duplicate the best as the experiment
      </button>
    </div>`;
  }

  private rows(): TemplateResult {
    return tableCard(this.table, {
      id: 'sweep-rows',
      title: 'Cells',
      about: '',
      columns: this.columns(),
      rows: this.results.cells,
      wide: true,
    });
  }

  private columns(): readonly Column<CellResult>[] {
    const { editing, experiment } = this.page;
    const { results, state } = this;
    const { axes, seeds } = experiment!.sweep;
    const settings = axes.map(({ path }): Column<CellResult> => ({
      title: axisName(editing, path),
      cell: ({ settings: of }) => (typeof of[path] === 'number' ? of[path] : valueText(of[path])),
      show: ({ settings: of }) => valueText(of[path]),
      hint: path,
    }));
    const steps: Column<CellResult> = {
      title: 'steps',
      cell: (cell) => cell.steps,
      show: (cell) => String(cell.steps),
    };
    return [
      ...settings,
      ...((state?.stages ?? 1) > 1 ? [steps] : []),
      {
        title: 'seeds',
        cell: ({ runs }) => runs.filter((run) => run.state === 'done').length,
        show: (cell) => seedsText(cell, seeds),
        hint: 'How many seeds are trained to their end',
      },
      {
        title: results.score ?? 'score',
        cell: ({ mean }) => mean,
        show: ({ mean, low, high }) => `${four(mean)}${interval(low, high, four)}`,
        hint: 'Mean over the seeds, with its 95% t-interval',
      },
      {
        title: 'minus the best [95%]',
        cell: ({ difference }) => difference?.mean ?? NaN,
        show: (cell) => differenceText(cell, cell === results.best),
        hint: 'Mean difference over the common seeds, with its 95% t-interval',
      },
    ];
  }

  /** Makes everything anew where the sweep, or a run of it, has changed. */
  private follow(): void {
    const { experiment, runs, theme } = this.page;
    const own = (runs.records ?? []).filter(({ group }) => isCellGroup(group));
    const key = [experiment, theme, own.map(({ id, state, started }) => `${id} ${state} ${started}`).join('\n')];
    if (key.every((part, k) => part === this.key[k])) return;
    this.key = key;
    this.state = undefined;
    this.results = { cells: [] };
    this.problem = '';
    this.specs = [];
    if (experiment?.sweep.axes.length) this.take(experiment, own);
  }

  private take(experiment: Experiment, own: Parameters<typeof sweepState>[1]): void {
    const { sweep } = experiment;
    try {
      this.state = sweepState(experiment, own);
    } catch (error) {
      this.problem = `This sweep cannot be run: ${messageOf(error)}.`;
      return;
    }
    this.results = sweepResults(this.state, sweep.seeds);
    const names = sweep.axes.map(({ path }) => axisName(this.page.editing, path));
    this.specs = sweepPlots({ sweep, results: this.results, names, theme: this.page.theme });
  }
}

function differenceText(cell: CellResult, isBest: boolean): string {
  const { difference: found } = cell;
  if (isBest) return 'best';
  if (!found) return '–';
  const verdict = againstBest(cell) === 'worse than the best' ? ', worse' : '';
  return `${signed(found.mean)}${verdict}${found.n > 1 ? interval(found.low, found.high, signed) : ''}`;
}
