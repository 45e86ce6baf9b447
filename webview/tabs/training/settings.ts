import type { Editing } from '../../state/editing';
import type { Group } from '../../controls/settingsForm';
import type { DataPreview } from '../../../src/core/datasets/preview/preview';
import { dataSettings, type DataSettingsPage } from './dataSettings';
import { lossSettings, optimiserSettings, runSettings, scheduleSettings, trainingSettings } from './fitSettings';
import { headSettings } from './headSettings';
import { modelSettings, networkSettings } from './modelSettings';

/** What the Training tab asks for first: the data, the model, and the few settings that everyone sets. */
export const basicSettings = (page: DataSettingsPage, preview: DataPreview | undefined): Group[] => [
  { title: 'Data', fields: dataSettings(page, preview) },
  { title: 'Model', fields: modelSettings(page.editing) },
  { title: 'Training', fields: [trainingSettings(page.editing), scheduleSettings(page.editing)] },
];

/** What few set. */
export const advancedSettings = (editing: Editing): Group[] => [
  { title: 'Network', fields: networkSettings(editing) },
  { title: 'Classes', fields: headSettings(editing) },
  { title: 'Loss', fields: lossSettings(editing) },
  { title: 'Optimiser', fields: optimiserSettings(editing) },
  { title: 'Run', fields: runSettings(editing) },
];
