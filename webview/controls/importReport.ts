import { html, nothing, type TemplateResult } from 'lit';
import type { ImportNote, ShownImport } from '../../src/core/imports';
import { picker } from './choiceField';
import { icon, iconButton } from '../elements/icons';

/** What the report of an import uses of its page. */
export interface ReportPage {
  readonly report: ShownImport | undefined;
  /** Why the numbers of the report cannot be taken for what was chosen last. */
  readonly reportProblem: string;
  closeReport(): void;
  /** Imports the file again, with its numbers taken for another kind. */
  importAs(kind: string): Promise<void>;
}

/** What an import made of a file: what was used, what was not and why, and what is assumed. Nothing where none is shown. */
export function importReport(page: ReportPage): TemplateResult | typeof nothing {
  const { report } = page;
  if (!report) return nothing;
  const { file, title, kind, warnings, used, unused, assumed } = report;
  return html`<section class="import-report" aria-labelledby="import-report" data-testid="import-report">
    <header>
      <h2 id="import-report">Imported from <span class="path">${file}</span></h2>
      <span class="hint">${title}</span>
      ${iconButton('close', 'Close the report', () => page.closeReport())}
    </header>
    ${kind ? kindField(page, kind) : nothing}
    ${warnings.map((text) => html`<p class="import-warning" role="status">${icon('warning')}<span>${text}</span></p>`)}
    <div class="import-lists">${notes('Used', used)} ${notes('Assumed', assumed)} ${notes('Not used', unused)}</div>
  </section>`;
}

/** What the numbers of a list are, to be changed: the import is then made again. */
function kindField(page: ReportPage, { id, choices }: NonNullable<ShownImport['kind']>): TemplateResult {
  const choose = async (one: string) => {
    await page.importAs(one);
    // what could not be taken so stays what it was
    const list = document.querySelector<HTMLSelectElement>('[data-testid=import-kind]');
    if (list) list.value = page.report?.kind?.id ?? '';
  };
  return html`<div class="import-kind">
    ${picker('The numbers are', id, choices, (one) => void choose(one), { test: 'import-kind' })}
    <p class="error-text" role="alert" ?hidden=${!page.reportProblem}>${page.reportProblem}</p>
  </div>`;
}

const notes = (title: string, rows: readonly ImportNote[]): TemplateResult | typeof nothing =>
  rows.length
    ? html`<div>
        <h3>${title} <span class="hint">${rows.length}</span></h3>
        <ul tabindex="0" aria-label=${title}>
          ${rows.map(
            ({ key, value, note }) =>
              html`<li><code>${key}</code> <b>${value}</b> <span class="hint">${note}</span></li>`,
          )}
        </ul>
      </div>`
    : nothing;
