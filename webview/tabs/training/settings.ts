import type { Editing } from '../../state/editing';
import type { Group } from '../../controls/settingsForm';
import type { UnreadPage } from '../../controls/unreadFiles';
import { dataSettings } from './dataSettings';
import { lossSettings, optimiserSettings, runSettings, scheduleSettings, trainingSettings } from './fitSettings';
import { headSettings } from './headSettings';
import { modelSettings, networkSettings } from './modelSettings';

/** What the Training tab asks for first: the data, the model, and the few settings that everyone sets. */
export const basicSettings = (editing: Editing, page: UnreadPage): Group[] => [
  { title: 'Data', fields: dataSettings(editing, page) },
  { title: 'Model', fields: modelSettings(editing) },
  { title: 'Training', fields: [trainingSettings(editing), scheduleSettings(editing)] },
];

/** What few set. */
export const advancedSettings = (editing: Editing): Group[] => [
  { title: 'Network', fields: networkSettings(editing) },
  { title: 'Classes', fields: headSettings(editing) },
  { title: 'Loss', fields: lossSettings(editing) },
  { title: 'Optimiser', fields: optimiserSettings(editing) },
  { title: 'Run', fields: runSettings(editing) },
];
