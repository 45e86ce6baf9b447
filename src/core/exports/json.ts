import type { ExportFormat } from './export';

export const json: ExportFormat = {
  id: 'json',
  title: 'JSON',
  summary: 'The experiment with every default spelled out',
  extension: 'json',
  needs: 'experiment',
  write: ({ experiment }) => JSON.stringify(experiment, null, 2) + '\n',
};
