import { html, nothing, type TemplateResult } from 'lit';
import { norms, SLOPE_RULE } from '../../src/core/compare';
import { denoiserFamily } from '../../src/core/denoisers';
import { explanations } from '../../src/core/explanations';
import { formatNumber } from '../../src/core/format';
import { integrators } from '../../src/core/integrators';
import { tableFormats } from '../../src/core/tableText';
import type { ComparisonPicture } from '../../src/protocol/pictures';
import { testScore } from '../../src/protocol/metrics';
import { dynamicsPicker } from '../controls/dynamics';
import { gridPicker } from '../controls/grid';
import { field, idPicker, panel, picker } from '../controls/field';
import { icon } from '../controls/parts';
import { columnsOf, compareBy, normTitle, precisionPicture, tableOf, type Key } from '../pictures/comparison';
import { Easel } from '../pictures/easel';
import { memo } from '../pictures/memo';
import type { Store } from '../store';
import { dataOfU } from '../study';
import type { Tab } from './tab';

/** What can be compared: noise has no one path to measure errors by. */
const deterministic = integrators.filter(({ kind }) => kind !== 'sde');

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
    const trained = (store.study.runs?.rows ?? []).filter(testScore);
    if (subject && !trained.some(({ id }) => id === subject)) subject = '';
    const subjects = [
      { id: '', title: `u in closed form: ${denoiserFamily(denoiser.id).title}` },
      ...trained.map((run) => ({
        id: run.id,
        title: `run of ${new Date(run.started).toLocaleString()}, ${testScore(run)!.value.toFixed(4)}`,
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
      field(
        store,
        ['comparison', 'tolerances'],
        'Tolerances',
        'list',
        'Methods with an error of their own also choose their steps, by each of these',
      ),
      idPicker(store, ['comparison', 'norm'], 'Error', norms),
      field(store, ['comparison', 'aim'], 'Aim', 'number', 'The error to which the cheapest way is sought'),
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
                <button type="button" @click=${() => sort(key)}>${key === 'error' ? normTitle(value) : title}</button>
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
                    ${tableFormats.map(
                      ({ title, write }) =>
                        html`<button
                          type="button"
                          class="link"
                          @click=${() => void store.ask('copy', write(tableOf(value)))}
                        >
                          Copy as ${title}
                        </button> `,
                    )}
                  </p>`
              : html`<p class="empty">
                  Error against network evaluations for each method, and the cheapest way to the error aimed at, appear
                  here.
                </p>`
          }
        </div>
      </div>`;
    },
    draw: () => easel.draw(),
  };
}
