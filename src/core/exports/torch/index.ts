import type { Experiment } from '../../experiment/experiment';
import { safetensorsBytes } from '../../files/safetensors';
import { besideName, type ExportFormat, type ExportSource, type TrainedModel } from '../export';
import { recipeOf } from '../modelGraph/recipe';
import { moduleText, type ModuleDialect } from '../numpy/module';
import { experimentSteps, MOST_LINES, type Steps } from '../numpy/steps';
import { modelCode } from './model';
import { inTorch, WORDS_OF_TORCH } from './translate';

const dialect = (imports: readonly string[]): ModuleDialect => ({
  packages: 'PyTorch',
  imports: `${imports.map((name) => `import ${name}\n`).join('')}\nimport torch\n\n${WORDS_OF_TORCH}`,
  words: inTorch,
});

/** The steps by which a trained model is sampled; undefined where it answers in one pass. */
function stepsOf(trained: TrainedModel): Steps | undefined {
  const { integrator, dynamics, times, lines, why } = recipeOf(trained).steps;
  if (!times) return undefined;
  const tooMany = `its steps have more than ${MOST_LINES} lines`;
  return {
    about: `The times of the trained model's steps. Steps by ${integrator} under ${dynamics}`,
    times,
    lines: lines === undefined ? (why ?? tooMany) : lines.length > MOST_LINES ? tooMany : lines,
  };
}

function textOf(experiment: Experiment, trained: TrainedModel | undefined, name: string): string {
  if (!trained) return moduleText(experiment, dialect(['math']), experimentSteps(experiment));
  const steps = stepsOf(trained) ?? experimentSteps(experiment);
  return `${moduleText(experiment, dialect(['json', 'math', 'os']), steps)}${modelCode(trained, name)}`;
}

/** The weights with all that their metadata say, as Export Weights writes them. */
const weightsOf = ({ tensors, metadata }: TrainedModel): Uint8Array =>
  safetensorsBytes({
    metadata,
    tensors: Object.fromEntries(
      Object.entries(tensors).map(([name, { shape, data }]) => [name, { shape, values: data }]),
    ),
  });

export const torch: ExportFormat = {
  id: 'torch',
  title: 'PyTorch module',
  summary:
    'Schedules with every quantity, dynamics, grid and steps on tensors; of a run, the trained model with its weights',
  extension: 'py',
  needs: 'experiment',
  takesRun: true,
  write: ({ experiment, trained }, name) => textOf(experiment, trained, name),
  beside: ({ trained }: ExportSource, name) =>
    trained ? [{ name: besideName(name, '.safetensors'), content: weightsOf(trained) }] : [],
};
