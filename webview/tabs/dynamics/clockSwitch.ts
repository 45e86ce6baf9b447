import { html, nothing, type TemplateResult } from 'lit';
import { entryDynamics } from '../../../src/core/dynamics/entry';
import type { Range } from '../../plot/range';
import { dynamicsName } from '../../plot/dynamicsStroke';
import type { ShownDynamics } from './plots/shownDynamics';
import type { ClockId, TimeAxis } from './timeAxis';

/** What the switch of the x axis uses. */
export interface ClockChoice {
  readonly shown: ShownDynamics;
  readonly axes: readonly TimeAxis[];
  /** The axis that was asked for, which the chosen dynamics may not have. */
  readonly clock: ClockId;
  readonly zoom: Range | undefined;
  /** Where the cursor stands, in words that follow it. */
  readonly position: TemplateResult;
  choose(clock: ClockId): void;
  resetZoom(): void;
}

/** The choice of x axis for all plots of the dynamics, what to see on it, and where the cursor stands. */
export function clockSwitch(of: ClockChoice): TemplateResult {
  const { shown, axes, zoom, position } = of;
  const { entry } = shown.paths.rows[0]!;
  const clock = entryDynamics(entry).clock;
  const why = clock ? '' : `${dynamicsName(entry)} has no clock of its own`;
  const option = (id: ClockId, symbol: string, title: string) =>
    html`<label title=${title}
      ><input
        type="radio"
        name="clock"
        value=${id}
        .checked=${id === shown.axis.id}
        ?disabled=${id === 'own' && !clock}
        @change=${() => of.choose(id)}
      /><span>${symbol}</span></label
    >`;
  return html`<fieldset class="axis">
      <legend>x axis</legend>
      ${axes.map(({ id, symbol, sentence }) => option(id, symbol, sentence))}
      ${clock ? nothing : option('own', 'ψ', `${why}: choose another dynamics`)}
    </fieldset>
    ${position}
    ${zoom ? html`<button type="button" class="link" @click=${() => of.resetZoom()}>Reset zoom</button>` : nothing}
    <span class="direction"
      >${shown.axis.sentence}${of.clock === 'own' && why ? `; ${why}, so t is shown` : ''}.</span
    >`;
}
