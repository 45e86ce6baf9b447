import { html, nothing, type TemplateResult } from 'lit';
import { measured, SLOPE_RULE } from '../../src/core/compare';
import { denoiserFamily } from '../../src/core/denoisers';
import { explanations } from '../../src/core/explanations';
import { formatNumber } from '../../src/core/format';
import { integratorOf, integrators } from '../../src/core/integrators';
import type { ComparisonPicture } from '../../src/protocol/pictures';
import { dynamicsPicker } from '../controls/dynamics';
import { gridPicker } from '../controls/grid';
import { field, panel, picker } from '../controls/field';
import { icon } from '../controls/parts';
import { Easel } from '../pictures/easel';
import { memo } from '../pictures/memo';
import type { Marker, Picture } from '../pictures/picture';
import type { Store } from '../store';
import { dataOfU } from '../study';
import type { Theme } from '../theme';
import type { Tab } from './tab';

/** Methods keep their marker everywhere. */
const MARKERS: readonly Marker[] = ['circle', 'square', 'triangle', 'diamond', 'cross'];

const columnsOf = ({ rows }: ComparisonPicture) =>
  COLUMNS.filter(({ key }) => key !== 'accuracy' || rows.some(({ accuracy }) => accuracy !== undefined));

/** What can be compared: noise has no one path to measure errors by. */
const deterministic = integrators.filter(({ kind }) => kind !== 'sde');

type Row = ComparisonPicture['rows'][number];

/** What rows can be sorted by. */
type Key = Exclude<keyof Row, 'errors'>;

/** The table's columns, in order. */
const COLUMNS: readonly { key: Key; title: string; show: (row: Row) => string }[] = [
  { key: 'integrator', title: 'method', show: ({ integrator }) => integratorOf(integrator).title },
  { key: 'grid', title: 'grid', show: ({ gridTitle }) => gridTitle },
  { key: 'steps', title: 'steps', show: ({ steps }) => String(steps) },
  { key: 'evaluations', title: 'evaluations', show: ({ evaluations }) => String(evaluations) },
  {
    key: 'error',
    title: 'RMS error',
    show: ({ status, error, reason }) => {
      if (status === 'done') return formatNumber(error);
      return status === 'unstable' ? `${formatNumber(error)}, unstable: ${reason}` : `${status}: ${reason}`;
    },
  },
  { key: 'accuracy', title: 'accuracy', show: ({ accuracy }) => (accuracy === undefined ? '–' : accuracy.toFixed(4)) },
  { key: 'milliseconds', title: 'ms', show: ({ milliseconds }) => formatNumber(milliseconds, 3) },
];

/** What of a comparison a run decides. */
const RUN_OWN = 'On the run’s test rows, with the schedule, window, start and seed it was trained with.';

/** What the cheapest way to an accuracy is. */
export function integratorsTab(store: Store): Tab {
  const easel = new Easel(store);
  const precision = memo(precisionPicture);
  let subject = '';
  let order: { key: Key; down: boolean } | undefined;
  let lifted: string | undefined;

  const keyOf = () => {
    const { schedules, window, denoiser, dynamics: flow, grid, start, seed, comparison } = store.experiment!;
    const data = dataOfU(store.experiment!);
    return JSON.stringify([subject, schedules[0], window, denoiser, data, flow, grid, start, seed, comparison]);
  };
  const compare = () => void store.study.compare(keyOf(), subject || undefined);

  const settings = () => {
    const { denoiser, comparison } = store.experiment!;
    const trained = (store.study.runs?.rows ?? []).filter(({ testAccuracy }) => testAccuracy !== undefined);
    if (subject && !trained.some(({ id }) => id === subject)) subject = '';
    const subjects = [
      { id: '', title: `u in closed form: ${denoiserFamily(denoiser.id).title}` },
      ...trained.map(({ id, started, testAccuracy }) => ({
        id,
        title: `run of ${new Date(started).toLocaleString()}, ${testAccuracy!.toFixed(4)}`,
      })),
    ];
    const choose = (id: string) => {
      subject = id;
      store.changed();
    };
    const toggle = (id: string, on: boolean) => {
      const value = integrators
        .map((row) => row.id)
        .filter((row) => (row === id ? on : comparison.integrators.includes(row)));
      if (value.length) store.edit({ path: ['comparison', 'integrators'], value });
      else store.changed();
    };
    return [
      picker('What is integrated', subject, subjects, choose, 'subject'),
      subject ? html`<p class="about-line">${RUN_OWN}</p>` : nothing,
      dynamicsPicker(store),
      gridPicker(store),
      html`<fieldset class="checks">
        <legend>Methods</legend>
        ${deterministic.map(
          ({ id, title, summary }) =>
            html`<label title=${summary}
              ><input
                type="checkbox"
                .checked=${comparison.integrators.includes(id)}
                @change=${({ target }: Event) => toggle(id, (target as HTMLInputElement).checked)}
              />${title}</label
            >`,
        )}
      </fieldset>`,
      field(store, ['comparison', 'steps'], 'Step counts', 'list', 'Each method is run with each of these'),
      subject
        ? nothing
        : [field(store, ['comparison', 'paths'], 'Paths', 'number'), field(store, ['seed'], 'Seed', 'number')],
    ];
  };

  const action = () => {
    const { comparison } = store.study;
    if (!comparison?.busy)
      return html`<button type="button" class="primary" @click=${compare}>${icon('play')} Compare integrators</button>`;
    const { done } = comparison;
    return html`<button type="button" class="primary" @click=${() => void store.ask('cancelCompare')}>
        ${icon('debug-stop')} Cancel
      </button>
      <p class="problem" role="status">${done ? `${done.done} of ${done.total} done` : 'Starting'}</p>`;
  };

  const table = (value: ComparisonPicture): TemplateResult => {
    const columns = columnsOf(value);
    const rows = order
      ? [...value.rows].sort((a, b) => compareBy(a[order!.key], b[order!.key]) * (order!.down ? -1 : 1))
      : value.rows;
    const sort = (key: Key) => {
      order = { key, down: order?.key === key && !order.down };
      store.changed();
    };
    const lift = (id: string | undefined) => {
      lifted = id;
      store.changed();
    };
    return html`<table data-testid="comparison" class="comparison">
      <thead>
        <tr>
          ${columns.map(
            ({ key, title }) =>
              html`<th scope="col" aria-sort=${order?.key === key ? (order.down ? 'descending' : 'ascending') : 'none'}>
                <button type="button" @click=${() => sort(key)}>${title}</button>
              </th>`,
          )}
        </tr>
      </thead>
      <tbody @mouseleave=${() => lift(undefined)}>
        ${rows.map(
          (row) =>
            html`<tr @mouseenter=${() => lift(row.integrator)}>
              ${columns.map(({ show }) => html`<td>${show(row)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`;
  };

  return {
    id: 'integrators',
    title: 'Integrators',
    render() {
      if (!store.experiment) return html`<p class="empty">The comparison appears here once the text can be read.</p>`;
      store.study.followRuns();
      if (store.starting === 'integrators') {
        store.starting = undefined;
        compare();
      }
      const { value, error, busy, key } = store.study.comparison ?? {};
      const old =
        value && key !== keyOf()
          ? html`<p class="problem" role="status">The experiment has changed since this comparison.</p>`
          : nothing;
      const csv = (picture: ComparisonPicture) =>
        [
          columnsOf(picture).map(({ title }) => title),
          ...picture.rows.map((row) => columnsOf(picture).map((column) => row[column.key] ?? '')),
        ]
          .map((line) => line.join(','))
          .join('\n');
      return html`<div class="columns" data-tab="integrators">
        ${panel(store, 'Integrators', settings(), action())}
        <div class="main">
          <div class="progress ${busy ? 'on' : ''}"></div>
          ${error ? html`<p class="error-text" role="alert">${error}</p>` : nothing}
          ${
            value
              ? html`<p class="verdict" data-testid="verdict">${value.verdict}</p>
                  ${old}
                  <div class="grid one ${busy ? 'stale' : ''}">
                    ${easel.render([
                      {
                        id: 'precision',
                        title: 'Error against evaluations',
                        about: `Order fitted beside the nominal one. ${SLOPE_RULE}`,
                        picture: precision(value, store.theme, lifted),
                        explanations: [explanations.precision],
                        problem: value.problem,
                        tall: true,
                      },
                    ])}
                  </div>
                  ${table(value)}
                  <p class="problem">
                    ${value.problem} Reference: ${value.reference.source}, its own error about
                    ${formatNumber(value.reference.error, 2)}.
                    <button type="button" class="link" @click=${() => void store.ask('copy', csv(value))}>
                      Copy as CSV
                    </button>
                  </p>`
              : html`<p class="empty">
                  Error against network evaluations for each method, and the cheapest way to an error of 0.01, appear
                  here.
                </p>`
          }
        </div>
      </div>`;
    },
    draw: () => easel.draw(),
  };
}

function compareBy(a: Row[Key], b: Row[Key]): number {
  if (typeof a === 'number' && typeof b === 'number') return Number.isNaN(a) ? 1 : Number.isNaN(b) ? -1 : a - b;
  return String(a).localeCompare(String(b));
}

function precisionPicture({ rows, slopes }: ComparisonPicture, theme: Theme, lifted: string | undefined): Picture {
  const grids = new Set(slopes.map(({ grid }) => grid));
  const series = slopes.map(({ integrator, grid, gridTitle, order, nominal }) => {
    const mine = rows.filter((row) => row.integrator === integrator && row.grid === grid && measured(row));
    const index = integrators.findIndex(({ id }) => id === integrator);
    const { title } = integratorOf(integrator);
    const colors = theme.series.length;
    return {
      label: `${title}${grids.size > 1 ? `, ${gridTitle.toLowerCase()}` : ''}: order ${order === undefined ? '–' : order.toFixed(2)} (nominal ${nominal})`,
      x: mine.map(({ evaluations }) => evaluations),
      y: mine.map(({ error }) => error),
      color: theme.series[index % colors]!,
      // Each round of the colours begins one marker on, so that no pair comes twice in a while.
      marker: MARKERS[(index + Math.floor(index / colors)) % MARKERS.length]!,
      width: lifted === integrator ? 3 : 1.75,
      opacity: lifted === undefined || lifted === integrator ? 1 : 0.35,
    };
  });
  return { x: { title: 'evaluations of u a path', log: true }, y: { title: 'RMS error', log: true }, series };
}
