import { html, type TemplateResult } from 'lit';
import { entryLabel } from '../../../src/core/schedules/entry';
import { legend } from '../../plot/legend';
import { PlotGrid } from '../../plot/plotGrid';
import { strokeOf } from '../../plot/strokes';
import type { Store } from '../../state/store';
import type { Tab } from '../tab';
import { axisSwitch } from './axisSwitch';
import { DiagnosticsSection } from './diagnosticsSection';
import { schedulePlotRows } from './plots/catalogue';
import { SchedulePlots } from './plots/schedulePlots';
import { SCHEDULES } from './plots/scheduleSpecs';
import { rail } from '../../controls/schedule/scheduleRail';
import { unreadableText } from '../../controls/unreadableText';

/** What a schedule does, and how several differ. */
export function schedulesTab(store: Store): Tab {
  const plots = new SchedulePlots(store);
  const grid = new PlotGrid(store.plots, { [SCHEDULES]: plots.view });
  const findings = new DiagnosticsSection(store);

  const toolbar = (): TemplateResult => {
    const entries = (store.experiment?.schedules ?? []).map((entry, i) => {
      const { color, dash } = strokeOf(store.theme, i);
      return { key: String(i), label: entryLabel(entry), color, dash };
    });
    const hidden = new Set([...store.schedules.hidden].map(String));
    return html`<div class="toolbar">
      ${axisSwitch({
        ...plots.axisView.value,
        position: grid.position(SCHEDULES),
        choose: (id) => plots.chooseAxis(id),
        resetZoom: () => plots.axisView.set({ zoom: undefined }),
      })}
      ${legend('Schedules shown', entries, hidden, (key, alone) => store.schedules.toggle(Number(key), alone))}
    </div>`;
  };

  return {
    id: 'schedules',
    title: 'Schedules',
    render() {
      const lines = plots.lines();
      const { experiment } = store;
      if (!lines || !experiment) return unreadableText('The plots appear here', store.ask);
      return html`<div class="columns">
        ${rail(store)}
        <div class="main">
          ${toolbar()}
          <div class="grid pictured ${store.blocked ? 'stale' : ''}">${grid.render(plots.specs(schedulePlotRows))}</div>
          ${findings.render(lines, experiment)}
        </div>
      </div>`;
    },
    draw: () => grid.draw(),
  };
}
