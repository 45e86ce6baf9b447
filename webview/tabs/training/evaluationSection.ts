import { html, nothing, type TemplateResult } from 'lit';
import { classRows, meanRow, type ClassRow } from '../../../src/core/evaluation';
import { metricsTable } from '../../../src/core/runs/metricsColumns';
import type { TargetEvaluation } from '../../../src/core/runs/evaluationResults';
import type { StepCurve } from '../../../src/core/runs/assessment';
import type { RunSummary } from '../../../src/core/runs/runList';
import type { Metrics } from '../../../src/core/runs/metrics';
import { SortTable, type Column } from '../../controls/sortTable';
import { tableCard } from '../../controls/tableCard';
import { canMeasure, type MeasureQueries } from './measureQueries';
import { memo } from '../../plot/memo';
import type { PlotSpec } from '../../plot/spec';
import { calibrationSpec, stepsSpec } from './plots/evaluation';
import { runText } from './plots/runText';
import type { TrainingPage } from './trainingPage';

const share = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(3));

const classColumns: readonly Column<ClassRow>[] = [
  { title: 'class', cell: ({ label }) => label },
  { title: 'rows', cell: ({ count }) => count, show: ({ count }) => String(count), hint: 'Test rows of the class' },
  { title: 'given', cell: ({ given }) => given, show: ({ given }) => String(given), hint: 'Test rows given its label' },
  {
    title: 'precision',
    cell: ({ precision }) => precision,
    show: ({ precision }) => share(precision),
    hint: 'Of the rows given the label, the share that has it',
  },
  {
    title: 'recall',
    cell: ({ recall }) => recall,
    show: ({ recall }) => share(recall),
    hint: 'Of the rows of the class, the share that was given its label',
  },
  { title: 'F₁', cell: ({ f1 }) => f1, show: ({ f1 }) => share(f1), hint: 'Harmonic mean of precision and recall' },
];

const targetColumns: readonly Column<TargetEvaluation>[] = [
  { title: 'target', cell: ({ name }) => name },
  { title: 'RMSE', cell: ({ rmse }) => rmse, hint: 'Root mean square error' },
  { title: 'R²', cell: ({ r2 }) => r2, hint: 'The share of the variance that is explained' },
];

/** Whether a run can answer with other step counts than its own. */
const hasSteps = ({ model }: RunSummary): boolean => model === 'ct' || model === 'fm';

/** How good a run is, beyond one number: plots, a row a class, and its metrics step by step. */
export class EvaluationSection {
  private readonly classes: SortTable<ClassRow>;
  private readonly targets: SortTable<TargetEvaluation>;
  private readonly steps: SortTable<readonly number[]>;
  private readonly calibration = memo(calibrationSpec);
  private readonly curve = memo(stepsSpec);
  private seeds: readonly StepCurve[] = [];
  private readonly table = memo((rows: Metrics) => metricsTable(rows));

  constructor(
    private readonly page: Pick<TrainingPage, 'runs' | 'learned' | 'theme' | 'plots'>,
    private readonly measures: MeasureQueries,
  ) {
    this.classes = new SortTable(page.plots, 'classes');
    this.targets = new SortTable(page.plots, 'targets');
    this.steps = new SortTable(page.plots, 'metrics', 20);
  }

  /** Asks for what is measured of a run, and of those that differ from it in their seed. */
  update(run: RunSummary): void {
    if (!canMeasure(run)) return;
    const { measures, page } = this;
    measures.askAssessment(run, page.runs.choiceOf(run));
    if (!hasSteps(run)) return;
    for (const one of [run, ...this.seedsOf(run)]) measures.askStepCurve(one, page.runs.choiceOf(one));
  }

  /** The plots there are as yet: they take a while. */
  plots(run: RunSummary): readonly PlotSpec[] {
    const { theme, runs } = this.page;
    const made = runText(run);
    if (!canMeasure(run)) return [];
    const { measures } = this;
    const at = runs.choiceOf(run);
    const { value: assessment } = measures.assessment(run, at);
    const own = hasSteps(run) ? measures.stepCurve(run, at).value : undefined;
    const calibration = assessment && this.calibration(assessment, run.data.testRows, theme, made);
    const curve = own && this.curve(own, this.curvesOf(run), run.data.testRows, theme, made);
    return [calibration, curve].filter((spec) => spec !== undefined);
  }

  /** A row for each class or, where numbers are predicted, each of these. */
  classTable(): TemplateResult | typeof nothing {
    const evaluation = this.page.learned.shown?.value.evaluation;
    if (!evaluation) return nothing;
    if (evaluation.targets)
      return tableCard(this.targets, {
        id: 'target-rows',
        title: 'Targets',
        about: `${evaluation.rows} test rows; RMSE in the target’s own unit.`,
        columns: targetColumns,
        rows: evaluation.targets,
      });
    const rows = classRows(evaluation.confusion, evaluation.classes);
    return tableCard(this.classes, {
      id: 'class-rows',
      title: 'Classes',
      about: 'Of all rows given a label, and of all that have it, the share that is right.',
      columns: classColumns,
      rows,
      foot: [meanRow(rows)],
    });
  }

  /** What the run wrote down while it trained, folded. */
  metricsTable(): TemplateResult | typeof nothing {
    const { metrics } = this.page.runs;
    if (!metrics) return nothing;
    const { names, rows } = this.table(metrics.rows);
    if (!rows.length) return nothing;
    const kept = names.map((_, k) => k).filter((k) => rows.some((row) => !Number.isNaN(row[k])));
    const columns = kept.map((k): Column<readonly number[]> => ({ title: names[k]!, cell: (row) => row[k]! }));
    return html`<details class="fold">
      <summary>Metrics by step, ${rows.length} rows</summary>
      ${tableCard(this.steps, { id: 'metrics-rows', title: 'Metrics by step', about: '', columns, rows, wide: true })}
    </details>`;
  }

  /** What is measured at present, with a way to stop it; or why something is missing. */
  status(run: RunSummary): TemplateResult | typeof nothing {
    const { measures } = this;
    if (!canMeasure(run)) return nothing;
    if (measures.slow) {
      const { progress } = measures;
      const far = progress ? `${progress.done} of ${progress.total} ${progress.what}` : 'begins';
      return html`<span role="status">Evaluating: ${far}</span>
        <button type="button" class="link" @click=${() => measures.cancel()}>Cancel</button>`;
    }
    const at = this.page.runs.choiceOf(run);
    const error = measures.assessment(run, at).error ?? (hasSteps(run) ? measures.stepCurve(run, at).error : undefined);
    if (!error) return nothing;
    return html`<span role="status">${error.message.charAt(0).toUpperCase() + error.message.slice(1)}.</span>
      <button type="button" class="link" @click=${() => measures.retry()}>Evaluate again</button>`;
  }

  /** The runs that differ from one in their seed alone, itself among them. */
  private seedsOf(run: RunSummary): readonly RunSummary[] {
    const { records = [] } = this.page.runs;
    return run.group === undefined ? [run] : records.filter((one) => one.group === run.group && canMeasure(one));
  }

  /** The curves of the run's seeds that are known; the same list as long as they are the same. */
  private curvesOf(run: RunSummary): readonly StepCurve[] {
    const known = this.seedsOf(run)
      .map((one) => this.measures.stepCurve(one, this.page.runs.choiceOf(one)).value)
      .filter((one) => one !== undefined);
    if (known.length !== this.seeds.length || known.some((one, k) => one !== this.seeds[k])) this.seeds = known;
    return this.seeds;
  }
}
