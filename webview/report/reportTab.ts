import { html, nothing, type TemplateResult } from 'lit';
import type { ReportContent } from '../../src/core/report/reportContent';
import { dateText, reportTables, type ReportTable } from '../../src/core/report/reportTables';
import { toJson } from '../../src/core/text/json';
import { icon } from '../elements/icons';
import type { Store } from '../state/store';
import type { Tab } from '../tabs';

/** A table as a section of the report. */
const tableSection = ({ title, about, head, rows }: ReportTable): TemplateResult =>
  html`<section>
    <h3>${title}</h3>
    <p class="about-line">${about}</p>
    <div class="wide" tabindex="0" role="region" aria-label=${title}>
      <table>
        <thead>
          <tr>
            ${head.map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (cells) =>
              html`<tr>
                ${cells.map((cell, k) => (k ? html`<td>${cell}</td>` : html`<th scope="row">${cell}</th>`))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;

const sentences = (notes: readonly string[]) =>
  notes.length ? html`<ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>` : nothing; // prettier-ignore

/** The first page of a report: what it is of, its tables, and the experiment to take along. */
export function reportTab(store: Store, content: ReportContent): Tab {
  const { experiment, runs, made, lab } = content;
  const tables = reportTables(content);
  const notes = [...content.notes, ...runs.flatMap((run) => run.notes)];
  const save = () => store.plots.saveFile(`${experiment.name}.noprop.json`, toJson(experiment), 'utf8');
  const counted = runs.length === 1 ? 'one run' : `${runs.length} runs`;
  return {
    id: 'report',
    title: 'Report',
    render: () =>
      html`<article class="report">
        <h2>${experiment.name}</h2>
        <p class="about-line">
          An experiment with ${counted}, reported on ${dateText(made)} by NoProp Lab ${lab}. The other tabs show its
          schedules, dynamics, training and integrators as they were. Schedules can be dragged and dynamics played; what
          you change here is not kept.
        </p>
        <p class="actions">
          <button type="button" class="secondary" @click=${save}>${icon('save')} Save the experiment</button>
        </p>
        ${tables.map(tableSection)} ${notes.length ? html`<h3>What is left out</h3>` : nothing} ${sentences(notes)}
      </article>`,
    draw: () => undefined,
  };
}
