import type { Store } from '../store';
import { schedulesTab } from './schedules';
import type { Tab } from './tab';

/** Every tab of the lab, in order. A new one is a file beside this and a row here. */
const rows: readonly ((store: Store) => Tab)[] = [schedulesTab];

/** The tabs over a store. */
export const createTabs = (store: Store): Tab[] => rows.map((create) => create(store));

export type { Tab } from './tab';
