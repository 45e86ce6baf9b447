import type { TrainerThreadCalls } from './toolCalls';

/** What a call of the trainer does, in the past, and what to make smaller where memory is short. */
type Use = readonly [doing: string, remedy: string];

const TRAINING =
  'make training.batch, model.hidden or the data smaller, or let fewer trainings run at once (noprop.workers, --workers)';
const RUN: Use = ['a run was evaluated', 'use fewer rows of data, or a smaller network (model.hidden)'];
const INTEGRATORS: Use = ['integrators were compared', 'lower comparison.paths or comparison.steps'];
const FILES: Use = ['runs were read', 'end other programs that take much memory'];
const WEIGHTS: Use = ['weights were copied', 'end other programs that take much memory'];

const USES: Readonly<Record<keyof TrainerThreadCalls, Use>> = {
  allowFiles: FILES,
  usePython: FILES,
  train: ['a model was trained', TRAINING],
  resume: ['a model was trained', TRAINING],
  stop: ['a training was stopped', TRAINING],
  close: ['trainings were stopped', TRAINING],
  interrupt: FILES,
  evaluate: RUN,
  assess: RUN,
  stepCurve: RUN,
  predict: RUN,
  trajectories: RUN,
  boundary: RUN,
  learned: RUN,
  conclude: RUN,
  predictFile: ['a file was labelled', 'split the file'],
  previewData: ['data were read to be shown', 'use a smaller file, or fewer rows of it'],
  dynamics: ['dynamics were computed', 'lower integrator.steps or comparison.paths, or use fewer rows of data'],
  compare: INTEGRATORS,
  comparedPaths: INTEGRATORS,
  runs: FILES,
  metrics: FILES,
  remove: FILES,
  restore: FILES,
  trash: FILES,
  note: FILES,
  checkRemovable: FILES,
  mend: WEIGHTS,
  comparisons: FILES,
  comparison: FILES,
  removeComparison: FILES,
  conclusion: FILES,
  exportWeights: WEIGHTS,
  importWeights: WEIGHTS,
  exportRun: WEIGHTS,
  importFile: FILES,
  fileRoles: FILES,
  report: ['a report was made', 'choose fewer runs, or use fewer rows of data'],
  tool: ['a tool was run', TRAINING],
};

/** Says for which calls memory was short, why, and what to make smaller. */
export function memoryText(calls: readonly (keyof TrainerThreadCalls)[], why: string): string {
  const uses = calls.map((name) => USES[name]);
  const distinct = (k: 0 | 1) => [...new Set(uses.map((use) => use[k]))];
  if (!uses.length) return `memory ran out: ${why}`;
  return `memory ran out while ${distinct(0).join(' and ')} (${why}): ${distinct(1).join('; or ')}`;
}

/** Says why a worker thread ended, by its error where there was one. */
export function endText(who: string, code: number, error: Error | undefined): string {
  if ((error as { code?: string } | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY')
    return `${who} ended because its JavaScript heap was full`;
  return error ? `${who} ended (${error.message})` : `${who} ended with code ${code}`;
}
