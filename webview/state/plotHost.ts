import type { PlotHost } from '../plot/plotGrid';
import type { SchedulePage } from '../tabs/schedules/plots/schedulePlots';
import type { DynamicsPage } from '../tabs/dynamics/plots/dynamicsPlots';
import type { Store } from './store';

/** What plots use of a page, over its store. */
export const plotHost = (store: Store): PlotHost => ({
  theme: () => store.theme,
  changed: () => store.changed(),
  drawNow: () => store.drawNow(),
  fileName: () => store.snapshot?.file.replace(/(\.noprop)?\.json$/, '') ?? 'lab',
  saveFile: (name, content, encoding) => void store.ask('saveFile', [{ name, content, encoding }]),
  copy: (text) => void store.ask('copy', [text]),
});

/** What plots of schedules use of a page, over its store. */
export const schedulePage = (store: Store): SchedulePage => ({
  get theme() {
    return store.theme;
  },
  get experiment() {
    return store.experiment;
  },
  get hidden() {
    return store.hidden;
  },
  get learning() {
    return store.study.learning;
  },
  get axis() {
    return store.view.axis;
  },
  get zoom() {
    return store.view.zoom;
  },
  look: (view) => store.look(view),
});

/** What plots of the dynamics use of a page, over its store. */
export const dynamicsPage = (store: Store): DynamicsPage => ({
  get theme() {
    return store.theme;
  },
  get paths() {
    return store.study.dynamics.value;
  },
  get clock() {
    return store.view.clock;
  },
  get clockZoom() {
    return store.view.clockZoom;
  },
  get base() {
    return store.view.base;
  },
  zoom: (clockZoom) => store.look({ clockZoom }),
  changed: () => store.changed(),
});
