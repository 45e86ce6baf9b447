import { html, nothing, type TemplateResult } from 'lit';
import { benchmarkOf, benchmarks, briefTable, comparisonTable, referenceText } from '../../../src/core/compare';
import { denoiserFamily } from '../../../src/core/denoisers';
import { withBenchmark } from '../../../src/core/experiment/experimentFlow';
import type { StoredComparison } from '../../../src/core/runs/storedComparison';
import { tableFormats, type Table, type TableFormat } from '../../../src/core/text/tables';
import { groupsOf, spreadText } from '../../../src/core/runs/groups';
import { testScore } from '../../../src/core/runs/metrics';
import type { Comparison } from '../../../src/core/compare/comparison';
import { commonText } from './comparisonColumns';
import { ComparisonQueries } from './comparisonQueries';
import { ComparisonTable } from './comparisonTable';
import { dynamicsPicker, noiseCheck } from '../../controls/dynamicsFields';
import { choiceField, picker } from '../../controls/choiceField';
import { panel } from '../../controls/panel';
import { SettingsForm } from '../../controls/settingsForm';
import { textField } from '../../controls/textField';
import { unreadFiles } from '../../controls/unreadFiles';
import { gridList } from '../../controls/gridFields';
import { unreadableText } from '../../controls/unreadableText';
import { emptyComparison } from './emptyComparison';
import { keptPicker } from './keptPicker';
import { finalChecks } from './finalChecks';
import { methodChecks, withStochastic } from './methodChecks';
import { icon } from '../../elements/icons';
import { messageLines } from '../../elements/messageLines';
import { comparedPathsSpec } from './plots/comparedPaths';
import { accuracySpec, costs, precisionSpec, type Cost } from './plots/comparison';
import { memo } from '../../plot/memo';
import { PlotGrid } from '../../plot/plotGrid';
import type { PlotSpec } from '../../plot/spec';
import { usesFiles } from '../../state/queryKeys';
import type { Store } from '../../state/store';
import type { Tab } from '../tab';

/** What of a comparison a run decides. */
const RUN_OWN = 'On the run’s test rows, with the schedule, window, start and seed it was trained with.';

/** Marks of a run, and of all runs of several seeds, among the problems. */
const [RUN, GROUP] = ['run:', 'group:'];

/** A comparison as a format has room for it: LaTeX is for a column of a paper, all else for further work. */
const tableFor = ({ id }: TableFormat, value: Comparison): Table =>
  id === 'latex' ? briefTable(value, value.problem) : comparisonTable(value);

/** What the cheapest way to an accuracy is. */
export function integratorsTab(store: Store): Tab {
  const comparisons = new ComparisonQueries(store.request, store.changed);
  const grid = new PlotGrid(store.plots);
  const table = new ComparisonTable(store, comparisons);
  /** What errors are drawn against. */
  const costView = store.view.part<{ cost: Cost }>({ cost: 'evaluations' });
  const precision = memo(precisionSpec);
  const accuracy = memo(accuracySpec);
  const paths = memo(comparedPathsSpec);

  const problemPicker = () => {
    const { denoiser, comparison } = store.experiment!;
    const trained = (store.runs.records ?? []).filter((run) => testScore(run) !== undefined && run.model !== 'backprop'); // prettier-ignore
    if (comparisons.run !== undefined && !trained.some(({ id }) => id === comparisons.run)) comparisons.pick(undefined);
    const groups = groupsOf(trained).filter(({ runs }) => runs.length > 1);
    const rows = [
      ...benchmarks.map(({ id, title, summary }) => ({
        id,
        title: id === 'experiment' ? `${title}: ${denoiserFamily(denoiser.id).title}` : title,
        summary,
      })),
      ...groups.map(({ id, runs, test }) => ({
        id: GROUP + id,
        title: `All ${runs.length} seeds of ${new Date(runs[0]!.started).toLocaleString()}${test ? `, ${test.name} ${spreadText(test.spread)}` : ''}`,
        summary: `${RUN_OWN} Errors are root mean squares over the runs; bands span their accuracies.`,
      })),
      ...trained.map((run) => ({
        id: RUN + run.id,
        title: `Run of ${new Date(run.started).toLocaleString()}, seed ${run.seed}, ${testScore(run)!.name} ${testScore(run)!.value.toFixed(4)}`,
        summary: RUN_OWN,
      })),
    ];
    const group = groups.find(
      ({ runs }) => comparisons.also.length > 0 && runs.some(({ id }) => id === comparisons.run),
    );
    const choose = (chosen: string) => {
      const one = groups.find(({ id }) => GROUP + id === chosen);
      const [run, ...also] = one ? one.runs.map(({ id }) => id) : [];
      comparisons.pick(chosen.startsWith(RUN) ? chosen.slice(RUN.length) : run, also);
      if (comparisons.run === undefined && chosen !== comparison.problem)
        store.editing.set(['comparison', 'problem'], chosen);
      else store.changed();
    };
    const value = group ? GROUP + group.id : comparisons.run === undefined ? comparison.problem : RUN + comparisons.run;
    const about = comparisons.run === undefined ? benchmarkOf(comparison.problem).summary : RUN_OWN;
    return [picker('Problem', value, rows, choose), html`<p class="about-line">${about}</p>`];
  };

  const form = new SettingsForm(store, 'integrators');

  const settings = () => {
    const { editing, methods } = store;
    const problem = [
      problemPicker(),
      dynamicsPicker(editing, methods),
      noiseCheck(editing, methods, (on) => withStochastic(editing, on)),
    ];
    const compared = [
      methodChecks(editing),
      gridList(editing),
      finalChecks(editing),
      textField(editing, ['comparison', 'steps']),
      textField(editing, ['comparison', 'tolerances']),
    ];
    const errors = [
      choiceField(editing, ['comparison', 'norm']),
      textField(editing, ['comparison', 'aim']),
      comparisons.run === undefined
        ? [textField(editing, ['comparison', 'paths']), textField(editing, ['seed'])]
        : textField(editing, ['comparison', 'seeds']),
    ];
    return form.render(
      [
        { title: 'What is integrated', fields: problem },
        { title: 'What is compared', fields: compared },
        { title: 'How errors are measured', fields: errors },
      ],
      [],
    );
  };

  /** What is said where u needs a file that is not read. */
  const notice = () =>
    comparisons.run === undefined && usesFiles(withBenchmark(store.experiment!)) ? unreadFiles(store) : nothing;

  const action = () => {
    const { busy, progress } = comparisons.comparison;
    if (!busy)
      return html`<button type="button" class="primary" @click=${() => comparisons.compare()}>
        ${icon('play')} Compare integrators
      </button>`;
    return html`<button type="button" class="primary" @click=${() => comparisons.comparison.cancel()}>
        ${icon('debug-stop')} Cancel
      </button>
      <p class="problem" role="status">${progress ? `${progress.done} of ${progress.total} done` : 'Starting'}</p>`;
  };

  const toolbar = (cost: Cost): TemplateResult =>
    html`<div class="toolbar">
      <fieldset class="axis">
        <legend>x axis</legend>
        ${costs.map(
          ({ id, title, axis }) =>
            html`<label title=${axis}
              ><input
                type="radio"
                name="cost"
                value=${id}
                .checked=${id === cost}
                @change=${() => costView.set({ cost: id })}
              /><span>${title}</span></label
            >`,
        )}
      </fieldset>
      ${keptPicker(comparisons, store.fail)}
    </div>`;

  const pointed = (integrator: string | undefined) => table.lift(integrator);

  const specs = (value: Comparison, cost: Cost, aim: number): PlotSpec[] => {
    const from = [value, store.theme, table.lifted, cost, aim, pointed] as const;
    return [
      precision(...from),
      ...(value.rows.some((row) => row.accuracy !== undefined) ? [accuracy(...from)] : []),
      ...(comparisons.paths.value ? [paths(comparisons.paths.value, store.theme)] : []),
    ];
  };

  const results = ({ picture: value, experiment }: StoredComparison): TemplateResult => {
    const cost = costView.value.cost;
    const shown = specs(value, cost, experiment.comparison.aim);
    const { busy } = comparisons.comparison;
    const { paths: pathsQuery } = comparisons;
    return html`<p class="verdict" data-testid="verdict">${value.verdict}</p>
      ${comparisons.isOld(store.experiment!) && !busy ? html`<p class="problem" role="status">The experiment has changed since this comparison.</p>` : nothing}
      ${toolbar(cost)}
      <div class="grid ${shown.length > 1 ? 'pair' : 'one'} ${busy ? 'stale' : ''}">${grid.render(shown)}</div>
      <p class="problem" role="status" data-testid="paths-status">
        ${pathsQuery.error?.message ?? (pathsQuery.busy ? 'Following the paths of the chosen rows…' : pathsQuery.value ? nothing : 'Choose one or two rows of the table to see their paths beside the reference.')}
      </p>
      <p class="problem common" data-testid="common">${commonText(value)} ${value.problem}</p>
      ${table.render(value)}
      <p class="problem">
        ${referenceText(value)}
        ${tableFormats.map(
          (format) =>
            html`<button
              type="button"
              class="link"
              @click=${() => store.plots.copy(format.write(tableFor(format, value)))}
            >
              Copy as ${format.title}
            </button>`,
        )}
      </p>`;
  };

  return {
    id: 'integrators',
    title: 'Integrators',
    update() {
      const { name } = store.experiment!;
      store.runs.updateRecords(name);
      comparisons.update(name);
      comparisons.allow(store.snapshot!.files.readable);
      if (store.takeStart('integrators')) comparisons.compare();
    },
    render() {
      if (!store.experiment) return unreadableText('The comparison appears here', store.ask);
      const { shown, error } = comparisons;
      const { busy } = comparisons.comparison;
      return html`<div class="columns" data-tab="integrators">
        ${panel(store, 'Integrators', settings(), action())}
        <div class="main">
          <div class="progress ${busy ? 'on' : ''}"></div>
          ${notice()}
          ${error && notice() === nothing ? html`<p class="error-text" role="alert">${messageLines(error.message)}</p>` : nothing}
          ${
            shown
              ? results(shown)
              : busy
                ? nothing
                : emptyComparison(store.experiment, comparisons.run !== undefined, () => comparisons.compare())
          }
        </div>
      </div>`;
    },
    draw: () => grid.draw(),
  };
}
