import { html, nothing, type TemplateResult } from 'lit';
import type { DynamicsPaths } from '../../../src/core/dynamics/paths';
import { denoiserFamily } from '../../../src/core/denoisers';
import { isOwnModel } from '../../../src/core/denoisers/entry';
import { entryLabel } from '../../../src/core/schedules/entry';
import { defaults } from '../../../src/core/registry/parameters';
import {
  dynamicsEquation,
  dynamicsPicker,
  methodPicker,
  noiseCheck,
  overlayChecks,
} from '../../controls/dynamicsFields';
import { choiceField } from '../../controls/choiceField';
import { panel } from '../../controls/panel';
import { SettingsForm } from '../../controls/settingsForm';
import { parameterFields } from '../../controls/parameterField';
import { Player } from '../../controls/player';
import { unreadFiles } from '../../controls/unreadFiles';
import { textField } from '../../controls/textField';
import { gridPicker } from '../../controls/gridFields';
import { unreadableText } from '../../controls/unreadableText';
import { icon } from '../../elements/icons';
import { messageLines } from '../../elements/messageLines';
import { legend } from '../../plot/legend';
import { PlotGrid } from '../../plot/plotGrid';
import type { PlotView } from '../../plot/view';
import { Query } from '../../state/query';
import { dynamicsKey, usesFiles } from '../../state/queryKeys';
import type { Store } from '../../state/store';
import type { Tab } from '../tab';
import { clockSwitch } from './clockSwitch';
import { modelFields } from './modelFields';
import { DynamicsPlots } from './plots/dynamicsPlots';
import type { ShownDynamics } from './plots/shownDynamics';
import { TIME } from './timeAxis';

/** Milliseconds in which the marker goes from noise to data. */
const DURATION = 4000;

/** Where the state goes, and when the models part. */
export function dynamicsTab(store: Store): Tab {
  const dynamicsQuery = new Query<DynamicsPaths>(store.changed);
  const plots = new DynamicsPlots(store, dynamicsQuery);
  const view: PlotView = {
    ...plots.view,
    moveTo(x) {
      player.stop();
      plots.view.moveTo(x);
    },
  };
  const grid = new PlotGrid(store.plots, { [TIME]: view });
  const player = new Player({
    milliseconds: () => DURATION,
    pieces: 8,
    show(share) {
      plots.goTo(share);
      grid.moved();
    },
    changed: store.changed,
  });

  const form = new SettingsForm(store, 'dynamics');

  const settings = () => {
    const { editing, methods } = store;
    const { denoiser, schedules } = editing.experiment!;
    const choose = (id: string) => editing.set(['denoiser'], { id, params: defaults(denoiserFamily(id)) });
    const model = [
      dynamicsPicker(editing, methods),
      dynamicsEquation(editing),
      noiseCheck(editing, methods),
      overlayChecks(editing, store.theme),
    ];
    const closed = [
      choiceField(editing, ['denoiser'], { label: 'u in closed form', test: 'denoiser', choose }),
      parameterFields(editing, ['denoiser', 'params'], denoiserFamily(denoiser.id).parameters),
      isOwnModel(denoiser) ? modelFields(editing, denoiser) : nothing,
    ];
    const integration = [
      html`<div class="entry" title="The first of the Schedules tab is integrated">
        <span>Schedule, the first of its tab</span>${entryLabel(schedules[0]!)}
      </div>`,
      methodPicker(editing, methods),
      textField(editing, ['integrator', 'steps']),
      choiceField(editing, ['integrator', 'final']),
      store.experiment!.integrator.final === 'lower-order-under'
        ? textField(editing, ['integrator', 'finalUnder'])
        : nothing,
      gridPicker(editing),
      choiceField(editing, ['start']),
      textField(editing, ['comparison', 'paths']),
      textField(editing, ['seed']),
    ];
    return form.render(
      [
        { title: 'What is drawn', fields: model },
        { title: 'Target', fields: closed },
        { title: 'Integration', fields: integration },
      ],
      [],
    );
  };

  const toolbar = (shown: ShownDynamics): TemplateResult => {
    const { all, lines, paths } = shown;
    const hidden = new Set(all.filter((line) => !lines.includes(line)).map(({ key }) => key));
    const entries = all.map(({ key, label, stroke }) => ({ key, label, ...stroke }));
    return html`<div class="toolbar">
        ${clockSwitch({
          shown,
          axes: plots.axes(),
          clock: plots.axisView.value.clock,
          zoom: plots.axisView.value.clockZoom,
          position: grid.position(TIME),
          choose: (clock) => plots.axisView.set({ clock, clockZoom: undefined }),
          resetZoom: () => plots.axisView.set({ clockZoom: undefined }),
        })}
        ${legend('Dynamics shown', entries, hidden, (key, alone) => plots.toggle(key, alone))}
      </div>
      ${paths.notes.map((note) => html`<p class="lead remark">${icon('info')} <span>${note}</span></p>`)}`;
  };

  /** The dynamics that gaps are measured from. */
  const basePicker = (shown: ShownDynamics): TemplateResult =>
    html`<label class="base"
      ><span>from</span
      ><select
        data-testid="base"
        aria-label="Gap from"
        @change=${({ target }: Event) => plots.axisView.set({ base: (target as HTMLSelectElement).value })}
      >
        ${shown.all.map(
          ({ key, label }) => html`<option value=${key} .selected=${key === plots.base()?.key}>${label}</option>`,
        )}
      </select></label
    >`;

  /** What is computed where that takes long, and why there is nothing new where it failed. */
  const state = (): TemplateResult => {
    const { busy, progress, error } = dynamicsQuery;
    const notice = usesFiles(store.experiment!) ? unreadFiles(store) : nothing;
    const cancelled = error?.code === 'cancelled';
    return html`<div class="over">
      <div class="progress ${busy ? 'on' : ''}"></div>
      ${
        progress && busy
          ? html`<p class="lead working" role="status" data-testid="working">
              <span>Computing ${progress.what}, ${Math.round((100 * progress.done) / progress.total)} % done.</span>
              <button type="button" class="link" @click=${() => dynamicsQuery.cancel()}>Cancel</button>
            </p>`
          : nothing
      }
      ${
        error && !busy && notice === nothing
          ? html`<p class="error-text" role="alert" data-testid="dynamics-error">
              ${cancelled ? 'The computation was cancelled; what is drawn is older than the settings.' : messageLines(error.message)}
              ${cancelled ? html`<button type="button" class="link" @click=${() => dynamicsQuery.retry()}>Compute again</button>` : nothing}
            </p>`
          : nothing
      }
      ${notice}
    </div>`;
  };

  return {
    id: 'dynamics',
    title: 'Dynamics',
    update() {
      const { experiment } = store;
      if (!experiment || store.blocked) return;
      const readable = store.snapshot!.files.readable;
      dynamicsQuery.follow(dynamicsKey(experiment, readable), (options) =>
        store.request('dynamics', [experiment], options),
      );
    },
    render() {
      if (!store.experiment) return unreadableText('The paths appear here', store.ask);
      const { value, error, busy } = dynamicsQuery;
      const shown = plots.shown();
      const action = html`<button type="button" class="primary" ?disabled=${!value} @click=${() => player.toggle()}>
        ${icon(player.playing ? 'debug-stop' : 'play')} ${player.playing ? 'Stop the marker' : 'Play along t'}
      </button>`;
      // by all dynamics, hidden ones too, so that hiding one moves nothing
      const rows = Math.min(Math.ceil((shown?.all.length ?? 1) / 4), 4);
      const stale = busy || error !== undefined || store.blocked;
      return html`<div class="columns" data-tab="dynamics">
        ${panel(store, 'Dynamics', settings(), action)}
        <div class="main">
          ${state()} ${shown ? toolbar(shown) : nothing}
          <div class="grid study rows-${rows} ${stale ? 'stale' : ''}">
            ${grid.render(plots.specs(), { gap: shown && basePicker(shown) })}
          </div>
          ${value ? html`<p class="problem">${value.problem}</p>` : error ? nothing : html`<p class="empty">The paths of the dynamics appear here.</p>`}
        </div>
      </div>`;
    },
    draw: () => grid.draw(),
  };
}
