import { html, nothing, svg, type TemplateResult } from 'lit';
import type { LegendEntry, LegendSymbol } from './marks/mark';
import type { Marker } from './markers';

/** Markers around (12, 5), as they stand on a canvas. */
const SHAPES: Readonly<Record<Marker, TemplateResult>> = {
  circle: svg`<circle cx="12" cy="5" r="4" />`,
  dot: svg`<circle cx="12" cy="5" r="2.5" />`,
  ring: svg`<circle cx="12" cy="5" r="3.5" fill="none" />`,
  square: svg`<rect x="8" y="1" width="8" height="8" />`,
  speck: svg`<rect x="11" y="4" width="2.5" height="2.5" />`,
  triangle: svg`<path d="M12 0 17 9H7Z" />`,
  wedge: svg`<path d="M12 10 17 1H7Z" />`,
  diamond: svg`<path d="M12 0 17 5 12 10 7 5Z" />`,
  cross: svg`<path d="M8 1 16 9M16 1 8 9" />`,
  plus: svg`<path d="M7 5H17M12 0V10" />`,
  star: svg`<path d="M7 5H17M10 1 14 9M10 9 14 1" />`,
  dash: svg`<path d="M7 5H17" />`,
};

/** Markers that are strokes and not areas. */
const STROKED: readonly Marker[] = ['ring', 'cross', 'plus', 'star', 'dash'];

/** How a line or a cloud looks, as a small picture beside its name. */
export const legendSymbol = ({
  color,
  dash = [],
  marker,
  line = true,
  width = 2.5,
}: LegendSymbol): TemplateResult => html`
  <svg class="chip" viewBox="0 0 24 10" width="24" height="10" aria-hidden="true">
    ${
      line
        ? svg`<line x1="1" y1="5" x2="23" y2="5" stroke=${color} stroke-width=${width} stroke-dasharray=${dash.join(' ') || 'none'} />`
        : nothing
    }
    ${
      marker
        ? svg`<g fill=${color} stroke=${STROKED.includes(marker) ? color : 'none'} stroke-width="2">${SHAPES[marker]}</g>`
        : nothing
    }
  </svg>
`;

/**
 * A legend: a click hides an entry or shows it again, Alt and a click shows it alone; Enter and Space do the same.
 * `label` names the group, `hidden` holds the keys that are hidden.
 */
export function legend(
  label: string,
  entries: readonly LegendEntry[],
  hidden: ReadonlySet<string>,
  toggle: (key: string, alone: boolean) => void,
): TemplateResult {
  return html`<div class="legend" role="group" aria-label=${label}>
    ${entries.map(
      (entry) =>
        html`<button
          type="button"
          data-line=${entry.key}
          aria-pressed=${hidden.has(entry.key) ? 'false' : 'true'}
          title=${`${entry.label}: click to hide or show, Alt-click to show alone`}
          @click=${(event: MouseEvent) => toggle(entry.key, event.altKey)}
          @keydown=${(event: KeyboardEvent) => {
            // a browser makes no click of Alt and Enter
            if (!event.altKey || !['Enter', ' '].includes(event.key)) return;
            event.preventDefault();
            toggle(entry.key, true);
          }}
        >
          ${legendSymbol(entry)}<span>${entry.label}</span>
        </button>`,
    )}
  </div>`;
}
