import { html, svg, type TemplateResult } from 'lit';
import type { Stroke } from '../plot/theme';

/** A schedule's colour and dash, as a piece of its line. */
export const chip = ({ color, dash }: Stroke): TemplateResult => html`
  <svg class="chip" viewBox="0 0 20 4" width="20" height="4" aria-hidden="true">
    ${svg`<line x1="0" y1="2" x2="20" y2="2" stroke=${color} stroke-width="2.5" stroke-dasharray=${dash.join(' ') || 'none'} />`}
  </svg>
`;
