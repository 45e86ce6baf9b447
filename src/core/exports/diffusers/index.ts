import type { Experiment } from '../../experiment/experiment';
import { pythonJsonText } from '../../text/pythonJson';
import type { ExportFormat } from '../export';
import { freshConfig } from './config';
import type { Part } from './part';
import { writtenBack } from './writtenBack';

const configOf = (experiment: Experiment): Part & { readonly text?: string } =>
  writtenBack(experiment) ?? freshConfig(experiment);

export const diffusers: ExportFormat = {
  id: 'diffusers',
  title: 'Scheduler of diffusers',
  summary:
    'The first schedule with its steps as scheduler_config.json, by name or as 1000 betas; an imported one keeps its keys',
  extension: 'json',
  needs: 'experiment',
  write({ experiment }) {
    const { text, keys } = configOf(experiment);
    return `${text ?? pythonJsonText(keys)}\n`;
  },
  lost: ({ experiment }) => configOf(experiment).lost,
};
