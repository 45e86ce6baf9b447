import type { Store } from '../store';
import { derivationTab } from './derivation';
import { dynamicsTab } from './dynamics';
import { integratorsTab } from './integrators';
import { schedulesTab } from './schedules';
import type { Tab } from './tab';
import { trainingTab } from './training';

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
