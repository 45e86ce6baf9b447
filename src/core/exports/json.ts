import type { ExportFormat } from './export';

export const json: ExportFormat = {
  id: 'json',
  title: 'JSON',
  detail: 'The experiment with every default spelled out',
  extension: 'json',
  write: (experiment) => JSON.stringify(experiment, null, 2) + '\n',
};
