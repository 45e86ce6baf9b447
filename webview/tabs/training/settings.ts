import { group } from '../../controls/field';
import type { Store } from '../../state/store';
import { dataSettings } from './dataSettings';
import { lossSettings, optimiserSettings, runSettings } from './fitSettings';
import { headSettings } from './headSettings';
import { modelSettings } from './modelSettings';

/** What the Training tab asks for, group by group. */
export const settings = (store: Store): unknown[] => [
  group('Data', dataSettings(store)),
  group('Model', [modelSettings(store), headSettings(store)]),
  group('Loss', lossSettings(store)),
  group('Optimiser', optimiserSettings(store)),
  group('Run', runSettings(store)),
];
