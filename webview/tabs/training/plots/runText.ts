import { models } from '../../../../src/core/models';
import type { RunSummary } from '../../../../src/core/runs/runList';

/** Which run made a plot, in words: what is written under saved figures. */
export function runText({ name, model, seed, steps, data, started }: RunSummary): string {
  const title = models.find(({ id }) => id === model)?.title ?? model;
  const rows = `${data.trainRows} train and ${data.testRows} test rows`;
  return `${name}: ${title}, seed ${seed}, ${steps} steps, ${rows}; run of ${started.slice(0, 16).replace('T', ' ')} UTC.`;
}
