import type { ExportFormat } from '../export';
import { moduleText, type ModuleDialect } from '../numpy/module';
import { experimentSteps } from '../numpy/steps';
import { inTorch, WORDS_OF_TORCH } from './translate';

const DIALECT: ModuleDialect = {
  packages: 'PyTorch',
  imports: `import math\n\nimport torch\n\n${WORDS_OF_TORCH}`,
  words: inTorch,
};

export const torch: ExportFormat = {
  id: 'torch',
  title: 'PyTorch module',
  summary:
    'Schedules with every quantity, dynamics, grid and steps on tensors; of a run, the trained model with its weights',
  extension: 'py',
  needs: 'experiment',
  write: ({ experiment }) => moduleText(experiment, DIALECT, experimentSteps(experiment)),
};
