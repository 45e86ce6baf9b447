import { html, nothing, type TemplateResult } from 'lit';
import type { ComparisonQueries } from './comparisonQueries';
import { iconButton } from '../../elements/icons';

/** The comparisons that are kept of the experiment and its runs, to be opened again or deleted. `fail` says why one was not. */
export function keptPicker(
  comparisons: ComparisonQueries,
  fail: (error: unknown) => void,
): TemplateResult | typeof nothing {
  const { shown } = comparisons;
  const kept = comparisons.kept.value ?? [];
  if (!kept.length) return nothing;
  const known = kept.some(({ id }) => id === shown?.id);
  const when = (made: string) => new Date(made).toLocaleString();
  return html`<span class="kept">
    <label for="kept">Kept comparisons</label>
    <select
      id="kept"
      data-testid="kept"
      @change=${({ target }: Event) => comparisons.open((target as HTMLSelectElement).value)}
    >
      ${known ? nothing : html`<option value="" disabled .selected=${true}>${kept.length} kept</option>`}
      ${kept.map(
        ({ id, made, run, problem, verdict }) =>
          html`<option value=${id} .selected=${id === shown?.id} title=${`${problem} ${verdict}`}>
            ${when(made)}, ${run === undefined ? 'closed form' : 'run'}: ${short(problem)} ${short(verdict)}
          </option>`,
      )}
    </select>
    ${iconButton('trash', 'Delete this comparison', () => void comparisons.remove().catch(fail), !known)}
  </span>`;
}

/** Words at the beginning of a text, as a list has room for. */
const short = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
