import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Sign } from './figure';
import type { Marker } from './picture';

/** Markers around (12, 5), as they stand on a canvas. */
const SHAPES: Readonly<Record<Marker, TemplateResult>> = {
  circle: svg`<circle cx="12" cy="5" r="4" />`,
  dot: svg`<circle cx="12" cy="5" r="2.5" />`,
  square: svg`<rect x="8" y="1" width="8" height="8" />`,
  triangle: svg`<path d="M12 0 17 9H7Z" />`,
  diamond: svg`<path d="M12 0 17 5 12 10 7 5Z" />`,
  cross: svg`<path d="M8 1 16 9M16 1 8 9" stroke-width="2" />`,
};

/** The sign of a line or cloud in a key. */
export const signOf = ({ color, dash = [], marker, line = true }: Sign): TemplateResult => html`
  <svg class="sign" viewBox="0 0 24 10" width="24" height="10" aria-hidden="true">
    ${
      line
        ? svg`<line x1="1" y1="5" x2="23" y2="5" stroke=${color} stroke-width="2" stroke-dasharray=${dash.join(' ') || 'none'} />`
        : nothing
    }
    ${marker ? svg`<g fill=${color} stroke=${marker === 'cross' ? color : 'none'}>${SHAPES[marker]}</g>` : nothing}
  </svg>
`;
