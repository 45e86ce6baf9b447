import { html, nothing, type TemplateResult } from 'lit';
import { generators } from '../../src/core/datasets';
import { missingPolicies } from '../../src/core/datasets/columns';
import { isCsv, isIdx } from '../../src/core/experiment';
import { trainingParameters } from '../../src/core/experiment/training';
import { timeSamplings } from '../../src/core/timeSampling';
import { formatNumber } from '../../src/core/format';
import { activations } from '../../src/core/models';
import { defaults } from '../../src/core/parameters';
import type { RunRecord } from '../../src/protocol/trainer';
import { field, idPicker, panel, parameterField, parameterFields, picker } from '../controls/field';
import { icon } from '../controls/parts';
import { Easel } from '../pictures/easel';
import { runCards } from '../pictures/run';
import type { Store } from '../store';
import type { Tab } from './tab';

const SOURCES = [
  ...generators,
  { id: 'csv', title: 'CSV or TSV file', summary: 'Rows of a file with a header.' },
  { id: 'idx', title: 'IDX images', summary: 'Images and labels in MNIST’s own format, plain or gzip.' },
];

/** What a source that is a file begins with. */
const FILES: Readonly<Record<string, object>> = {
  csv: { path: 'data.csv', label: 'label', missing: 'refuse' },
  idx: { images: 'train-images-idx3-ubyte.gz', labels: 'train-labels-idx1-ubyte.gz' },
};

/** Whether it is learning, and what it learned. */
export function trainingTab(store: Store): Tab {
  const easel = new Easel(store);
  const cards = runCards(store);
  return {
    id: 'training',
    title: 'Training',
    render() {
      if (!store.experiment) return html`<p class="empty">Training starts here once the text can be read.</p>`;
      const { study } = store;
      study.followRuns();
      if (store.starting === 'training') {
        store.starting = undefined;
        void study.train();
      }
      const { run, results, failure } = study;
      return html`<div class="columns" data-tab="training">
        ${panel(store, 'Training', settings(store), actions(store))}
        <div class="main">
          ${failure ? html`<p class="error-text" role="alert" data-testid="training-error">${failure}</p>` : nothing}
          ${
            run
              ? html`${summary(store, run)}
                  ${results?.error ? html`<p class="error-text" role="alert">${results.error}</p>` : nothing}
                  <div class="grid pair ${results?.busy ? 'stale' : ''}">${easel.render(cards())}</div>`
              : html`<p class="empty">
                  Loss, accuracy, the decision boundary and trajectories of the trained model appear here.
                  <button type="button" class="link" @click=${() => void study.train()}>Train the first model</button>
                </p>`
          }
        </div>
      </div>`;
    },
    draw: () => easel.draw(),
  };
}

/** One button: train, or stop what trains; resume beside it where the newest run was stopped. */
function actions({ study }: Store): TemplateResult {
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

/** What a source of data asks for. */
function dataFields(store: Store): unknown {
  const { data } = store.experiment!;
  if (isCsv(data))
    return [
      field(store, ['data', 'path'], 'Path', 'text', 'Relative to the experiment'),
      field(store, ['data', 'label'], 'Label column', 'text'),
      idPicker(store, ['data', 'missing'], 'Missing cells', missingPolicies),
    ];
  if (isIdx(data))
    return [
      field(store, ['data', 'images'], 'Images', 'text', 'IDX file, plain or gzip, relative to the experiment'),
      field(store, ['data', 'labels'], 'Labels', 'text', 'IDX file, plain or gzip, relative to the experiment'),
    ];
  return parameterFields(store, ['data', 'params'], generators.find(({ id }) => id === data.id)?.parameters ?? {});
}

function settings(store: Store): unknown[] {
  const { data, model, training } = store.experiment!;
  const choose = (id: string) => {
    const row = generators.find((one) => one.id === id);
    const { testShare } = data;
    const value = row ? { id, params: defaults(row), testShare } : { id, ...FILES[id], testShare };
    store.edit({ path: ['data'], value });
  };
  return [
    picker('Data', data.id, SOURCES, choose),
    dataFields(store),
    field(store, ['data', 'testShare'], 'Test share', 'number', 'Share of the rows kept for testing'),
    field(store, ['model', 'hidden'], 'Hidden widths', 'list', 'Widths of the hidden layers, in order'),
    picker(
      'Activation',
      model.activation,
      activations.map((id) => ({ id, title: id })),
      (value) => store.edit({ path: ['model', 'activation'], value }),
    ),
    Object.entries(trainingParameters).map(([name, row]) => parameterField(store, ['training', name], row)),
    picker('Times', training.times, timeSamplings, (value) => store.edit({ path: ['training', 'times'], value })),
    field(store, ['seed'], 'Seed', 'number'),
  ];
}

const WHAT_TO_DO: Partial<Record<RunRecord['state'], string>> = {
  stopped: 'Resume goes on where it stopped.',
  interrupted: 'VS Code was closed or reloaded; Resume goes on from the last state kept.',
  diverged: 'Lower the learning rate or the weight cap, then train again.',
  failed: 'Mend what the message names, then train again.',
};

function summary(store: Store, run: RunRecord): TemplateResult {
  const { study } = store;
  const percent = (value: number | undefined) => (value === undefined ? '–' : value.toFixed(4));
  const rows = study.runs?.rows ?? [];
  const title = ({ started, state, testAccuracy }: RunRecord) =>
    `${new Date(started).toLocaleString()}, ${state}${testAccuracy === undefined ? '' : `, ${testAccuracy.toFixed(4)}`}`;
  const speed = run.stepsPerSecond === undefined ? '' : `, ${formatNumber(run.stepsPerSecond, 3)} steps a second`;
  return html`<div class="run">
      ${picker(
        'Run',
        run.id,
        rows.map((row) => ({ id: row.id, title: title(row) })),
        (id) => study.choose(id),
      )}
      <dl>
        <dt>state</dt>
        <dd data-testid="run-state">${run.state}</dd>
        <dt>step</dt>
        <dd>${run.step} of ${run.steps}${speed}</dd>
        <dt>train accuracy</dt>
        <dd data-testid="train-accuracy">${percent(run.trainAccuracy)}</dd>
        <dt>test accuracy</dt>
        <dd data-testid="test-accuracy">${percent(run.testAccuracy)}</dd>
        <dt>seed</dt>
        <dd>${run.seed}</dd>
      </dl>
    </div>
    <progress max=${run.steps} value=${run.step} aria-label="Steps trained"></progress>
    ${
      run.state === 'running' || run.state === 'done'
        ? nothing
        : html`<p class="problem" role="status">
            ${run.message ? `${run.message}. ` : ''}${WHAT_TO_DO[run.state] ?? ''}
          </p>`
    }`;
}
