import type { Store } from '../state/store';
import { derivationTab } from './derivation/tab';
import { dynamicsTab } from './dynamics/tab';
import { integratorsTab } from './integrators/tab';
import { schedulesTab } from './schedules/tab';
import type { Tab } from './tab';
import { trainingTab } from './training/tab';

/** Every tab of the lab, in order. A new one is a file beside this and a row here. */
const rows: readonly ((store: Store) => Tab)[] = [
  schedulesTab,
  dynamicsTab,
  trainingTab,
  integratorsTab,
  derivationTab,
];

/** The tabs over a store. */
export const createTabs = (store: Store): Tab[] => rows.map((create) => create(store));

export type { Tab } from './tab';
