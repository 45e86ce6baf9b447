import { group } from '../../controls/panel';
import type { UnreadPage } from '../../controls/unreadFiles';
import type { Editing } from '../../state/editing';
import { dataSettings } from './dataSettings';
import { lossSettings, optimiserSettings, runSettings } from './fitSettings';
import { headSettings } from './headSettings';
import { modelSettings } from './modelSettings';

/** What the Training tab asks for, group by group. */
export const settings = (editing: Editing, page: UnreadPage): unknown[] => [
  group('Data', dataSettings(editing, page)),
  group('Model', [modelSettings(editing), headSettings(editing)]),
  group('Loss', lossSettings(editing)),
  group('Optimiser', optimiserSettings(editing)),
  group('Run', runSettings(editing)),
];
