import type { ExportFormat } from '../export';
import { moduleText, type ModuleDialect } from './module';
import { experimentSteps } from './steps';

const DIALECT: ModuleDialect = { packages: 'NumPy', imports: 'import numpy as np\n', words: (code) => code };

export const numpy: ExportFormat = {
  id: 'numpy',
  title: 'NumPy module',
  summary: 'Schedules with every quantity, dynamics, grid and steps as Python that needs NumPy alone',
  extension: 'py',
  needs: 'experiment',
  write: ({ experiment }) => moduleText(experiment, DIALECT, experimentSteps(experiment)),
};
