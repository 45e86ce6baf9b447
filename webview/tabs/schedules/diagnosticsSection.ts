import { html, nothing, type TemplateResult } from 'lit';
import { diagnose, type DiagnosticSettings, type Diagnosis, type Severity } from '../../../src/core/diagnostics';
import type { Experiment } from '../../../src/core/experiment/experiment';
import { formatNumber } from '../../../src/core/text/format';
import type { Schedule } from '../../../src/core/schedules';
import { icon } from '../../elements/icons';
import { legendSymbol } from '../../plot/legend';
import type { ScheduleLine, ScheduleLines } from './plots/scheduleLines';

const SEVERITIES: Readonly<Record<Severity, { readonly icon: string; readonly spoken: string }>> = {
  warning: { icon: 'warning', spoken: 'Warning: ' },
  note: { icon: 'info', spoken: 'Note: ' },
  info: { icon: 'circle-small', spoken: '' },
};

/** What follows from each schedule shown, in words and figures; what was found is kept as long as the schedule is. */
export class DiagnosticsSection {
  private readonly kept = new WeakMap<Schedule, { readonly key: string; readonly found: readonly Diagnosis[] }>();

  render({ lines }: ScheduleLines, { window, training }: Experiment): TemplateResult {
    const context: DiagnosticSettings = { limit: window.logSnr, prediction: 'u', weightCap: training.weightCap };
    const alone = lines.length === 1;
    return html`<section class="diagnostics" aria-labelledby="diagnostics" ?hidden=${!lines.length}>
      <h2 id="diagnostics">Diagnostics</h2>
      ${lines.map((line) => schedule(line, this.of(line, context), alone))}
    </section>`;
  }

  private of({ schedule }: ScheduleLine, context: DiagnosticSettings): readonly Diagnosis[] {
    const key = JSON.stringify(context);
    const kept = this.kept.get(schedule);
    if (kept?.key === key) return kept.found;
    const found = diagnose(schedule, context);
    this.kept.set(schedule, { key, found });
    return found;
  }
}

/** The findings of one schedule: the first in sight, the rest folded away where there are several schedules. */
function schedule({ index, label, stroke }: ScheduleLine, found: readonly Diagnosis[], alone: boolean): TemplateResult {
  const [first, ...rest] = found;
  const warnings = rest.filter(({ severity }) => severity === 'warning').length;
  const more = warnings ? `, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'} among them` : '';
  return html`<div class="diagnosed" data-diagnosed=${index}>
    ${alone ? nothing : html`<h3>${legendSymbol(stroke)}<span>${label}</span></h3>`}
    <ul>
      ${first && item(first)}
    </ul>
    <details ?open=${alone}>
      <summary>${rest.length} more${more}</summary>
      <ul>
        ${rest.map(item)}
      </ul>
    </details>
  </div>`;
}

const item = (found: Diagnosis): TemplateResult => {
  const { id, title, severity, sentence, figures, tabular } = found;
  const shown = SEVERITIES[severity];
  return html`<li class=${severity} data-finding=${id} title=${title}>
    ${icon(shown.icon)}
    <div>
      <p><span class="spoken">${shown.spoken}</span>${sentence}</p>
      ${
        tabular
          ? html`<details>
              <summary>${title}</summary>
              <table>
                <tbody>
                  ${figures.map(
                    ({ name, value, unit }) =>
                      html`<tr>
                        <th scope="row">${name}</th>
                        <td>${formatNumber(value, 3)} ${unit}</td>
                      </tr>`,
                  )}
                </tbody>
              </table>
            </details>`
          : nothing
      }
    </div>
  </li>`;
};
