import { html, nothing, type TemplateResult } from 'lit';
import { modelRows, differenceVerdict, type ModelRow } from '../../../src/core/evaluation';
import { models } from '../../../src/core/models';
import { testScore } from '../../../src/core/runs/metrics';
import { modelRunOf, modelRuns } from '../../../src/core/runs/modelRuns';
import { icon } from '../../elements/icons';
import { SortTable, type Column } from '../../controls/sortTable';
import { tableCard } from '../../controls/tableCard';
import { memo } from '../../plot/memo';
import type { PlotSpec } from '../../plot/spec';
import type { MeasureQueries } from './measureQueries';
import { modelsSpec } from './plots/models';
import type { TrainingPage } from './trainingPage';

const four = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(4));
const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;

/** The columns of the comparison, the score by its name. */
const columnsOf = (score: string): readonly Column<ModelRow>[] => [
  { title: 'model', cell: ({ title }) => title },
  {
    title: 'seeds',
    cell: ({ runs }) => runs.map(({ seed }) => seed).join(' '),
    show: ({ runs }) => String(runs.length),
    hint: 'How many seeds',
  },
  {
    title: score,
    cell: (row) => row.score.mean,
    show: ({ score: { mean, error } }) => `${four(mean)}${Number.isNaN(error) ? '' : ` ± ${four(error)}`}`,
    hint: 'Mean over the seeds ± its standard error',
  },
  {
    title: 'minus backpropagation [95%]',
    cell: ({ difference }) => difference?.mean ?? NaN,
    show: ({ difference: found }) => {
      if (!found) return '–';
      return `${signed(found.mean)}${Number.isNaN(found.low) ? '' : `\n[${signed(found.low)}, ${signed(found.high)}]`}`;
    },
    hint: 'Mean difference over the common seeds, with its 95% t-interval',
  },
  {
    title: 'parameters',
    cell: ({ parameters }) => parameters,
    show: ({ parameters }) => parameters.toLocaleString('en'),
  },
  {
    title: 'training s',
    cell: ({ seconds }) => seconds,
    show: ({ seconds }) => seconds.toFixed(seconds < 10 ? 2 : 1),
    hint: 'Seconds spent training, mean over the seeds',
  },
  {
    title: 'evaluations',
    cell: ({ evaluations = NaN }) => evaluations,
    show: ({ evaluations }) => (evaluations === undefined ? '–' : String(evaluations)),
    hint: 'Passes through the network that one answer takes',
  },
  {
    title: 'ECE',
    cell: ({ calibration }) => calibration?.mean ?? NaN,
    show: ({ calibration }) => (calibration ? calibration.mean.toFixed(3) : '–'),
    hint: 'Expected calibration error, mean over the seeds',
  },
];

/** The kinds of models on the experiment's data, side by side over their seeds. */
export class ModelsSection {
  private readonly table: SortTable<ModelRow>;
  private readonly spec = memo(modelsSpec);
  private key = '';
  private rows: readonly ModelRow[] = [];
  private score = '';
  private apart: readonly string[] = [];

  constructor(
    private readonly page: Pick<TrainingPage, 'experiment' | 'blocked' | 'runs' | 'theme' | 'plots'>,
    private readonly measures: MeasureQueries,
  ) {
    this.table = new SortTable(page.plots, 'models');
  }

  /** Asks for how far the probabilities of every run hold. */
  update(): void {
    for (const records of modelRuns(this.page.runs.records ?? []).runs.values())
      for (const run of records) this.measures.askAssessment(run, run.id);
  }

  /** The plot, once there are two runs to compare. */
  plots(): readonly PlotSpec[] {
    this.follow();
    const { rows, score } = this;
    if (rows.reduce((sum, { runs }) => sum + runs.length, 0) < 2) return [];
    return [this.spec(rows, score, this.page.theme)];
  }

  /** The table and, in a sentence for each kind, what it says. */
  content(plots: readonly TemplateResult[]): TemplateResult {
    const { rows, apart, score } = this;
    const missing = models.filter(({ id }) => !rows.some(({ model }) => model === id)).map(({ title }) => title);
    if (!rows.length)
      return html`<p class="about-line">
        NoProp-CT, NoProp-DT, NoProp-FM and backpropagation appear here side by side, each with all its seeds, once they
        are trained.
      </p>`;
    return html`${
        missing.length
          ? html`<p class="problem" role="status">
              ${
                apart.length
                  ? `${apart.join(', ')}: trained on other data than the newest run. Train all four to compare them.`
                  : `Not trained yet: ${missing.join(', ')}.`
              }
            </p>`
          : nothing
      }
      ${tableCard(this.table, {
        id: 'models-rows',
        title: 'Models',
        about: rows
          .flatMap(({ title, difference }) => (difference ? [`${title}: ${differenceVerdict(difference)}.`] : []))
          .join(' '),
        columns: columnsOf(score),
        rows,
      })}
      <div class="grid pair">${plots}</div>`;
  }

  /** The one thing to do here. */
  action(): TemplateResult {
    const { experiment, blocked, runs } = this.page;
    const seeds = experiment?.training.seeds ?? 1;
    const title = `Queues CT, DT, FM and backpropagation with ${seeds === 1 ? 'the experiment’s seed' : `${seeds} seeds`}`;
    return html`<button
      type="button"
      class="secondary"
      title=${title}
      ?disabled=${blocked}
      @click=${() => void runs.trainModels()}
    >
      ${icon('play')} Train all four
    </button>`;
  }

  /** Makes the rows anew where a run or what is known of one has changed. */
  private follow(): void {
    const { runs, otherData: apart } = modelRuns(this.page.runs.records ?? []);
    const all = [...runs].map(
      ([id, records]) =>
        [id, records.map((run) => modelRunOf(run, this.measures.assessment(run, run.id).value))] as const,
    );
    const first = [...runs.values()][0]?.[0];
    const key = JSON.stringify([all, apart]);
    if (key === this.key) return;
    this.key = key;
    this.rows = modelRows(new Map(all));
    this.score = first ? testScore(first)!.name : '';
    this.apart = apart.map((id) => models.find((row) => row.id === id)!.title);
  }
}
