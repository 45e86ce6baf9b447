import { html, nothing, type TemplateResult } from 'lit';
import type { DataPreview } from '../../../../src/core/datasets/preview/preview';
import { classColor } from '../../../plot/palette';
import type { Theme } from '../../../plot/theme';

/** The most classes that have a line of their own. */
const MOST = 12;

/** How many rows each class has, as bars in the colours of the classes; nothing where numbers are predicted. */
export function classList({ classes }: DataPreview, theme: Theme): TemplateResult | typeof nothing {
  if (!classes.length) return nothing;
  const most = Math.max(...classes.map(({ count }) => count));
  const rest = classes.slice(MOST);
  return html`<ul class="class-counts" aria-label="Rows of each class" data-testid="class-counts">
    ${classes.slice(0, MOST).map(
      ({ label, count }, k) =>
        html`<li>
          <span class="class-name" title=${label}>${label}</span>
          <svg class="share" aria-hidden="true">
            <rect width=${`${(100 * count) / most}%`} height="12" fill=${classColor(theme, k)}></rect>
          </svg>
          <span class="count">${count}</span>
        </li>`,
    )}
    ${
      rest.length
        ? html`<li class="rest">
            ${rest.length} more classes, ${rest.reduce((sum, { count }) => sum + count, 0)} rows
          </li>`
        : nothing
    }
  </ul>`;
}
