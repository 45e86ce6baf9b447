import { scoresAt } from '../core/runs/metrics';
import type { RunSummary } from '../core/runs/runList';
import type { TrainingProgress } from '../protocol/progress';

/** A run with what its training reports. */
export function rowAfter(row: RunSummary, { step, schedule, metrics }: TrainingProgress): RunSummary {
  const learned = row.learned && schedule ? { ...row.learned, weights: schedule } : row.learned;
  return { ...row, step, learned, ...scoresAt(metrics) };
}

/** What of a run is not in its record. */
export const saidOf = ({ settings, notes }: RunSummary): Pick<RunSummary, 'settings' | 'notes'> => ({
  settings,
  notes,
});

/** Whether a row is a run in training whose folder has got another name meanwhile. */
export const isMoved = (row: RunSummary, trained: RunSummary): boolean =>
  row.id !== trained.id &&
  row.started === trained.started &&
  row.process === trained.process &&
  row.name === trained.name &&
  row.seed === trained.seed;
