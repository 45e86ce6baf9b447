import assert from 'node:assert/strict';
import { experimentFlow } from '../../../../src/core/experiment/experimentFlow';
import { parseExperiment } from '../../../../src/core/experiment/document';
import { entryGrid } from '../../../../src/core/grids/entry';
import { importFile, type ImportFile } from '../../../../src/core/imports';
import type { ImportChoice, Imported } from '../../../../src/core/imports';
import { integratorOf, refusal } from '../../../../src/core/integrators';
import { entrySchedule } from '../../../../src/core/schedules/entry';
import { windowOf } from '../../../../src/core/schedules/window';

/** A file of text as the trainer reads it. */
export const textFile = (text: string, name = 'scheduler_config.json'): ImportFile => ({
  name,
  text,
  bytes: Buffer.from(text),
});

/** The import of a configuration. */
export const ofConfig = (config: object, choice: ImportChoice = {}): Imported =>
  importFile(textFile(JSON.stringify(config)), choice);

/** The import of a text. */
export const ofText = (text: string, choice: ImportChoice = {}, name = 'values.txt'): Imported =>
  importFile(textFile(text, name), choice);

/** The log-SNR of the first schedule. */
export const logSnrAt = ({ experiment }: Imported, t: number): number =>
  entrySchedule(experiment.schedules[0]!).logSnr(t);

export const alphaBarAt = (imported: Imported, t: number): number => 1 / (1 + Math.exp(-logSnrAt(imported, t)));

/** The share of noise of a flow: sigma = 1/(1 + exp(gamma/2)). */
export const flowSigmaAt = (imported: Imported, t: number): number => 1 / (1 + Math.exp(logSnrAt(imported, t) / 2));

/** The times at which so many steps begin. */
export function stepTimes({ experiment }: Imported, steps: number): number[] {
  const schedule = entrySchedule(experiment.schedules[0]!);
  const window = windowOf(schedule, experiment.window.logSnr)!;
  return [...entryGrid(experiment.grid).times({ schedule, window }, steps).subarray(0, -1)];
}

/** The log-SNRs at which so many steps begin. */
export const stepLogSnrs = (imported: Imported, steps: number): number[] =>
  stepTimes(imported, steps).map((t) => logSnrAt(imported, t));

/** Asserts that an import is an experiment that can be saved, opened and integrated by its own method. */
export function assertRuns({ experiment }: Imported): void {
  const { experiment: again, problems } = parseExperiment(JSON.stringify(experiment));
  assert.deepEqual(problems, []);
  assert.deepEqual(again, experiment);
  const { dynamics } = experimentFlow(experiment);
  const method = integratorOf(experiment.integrator.id);
  assert.equal(refusal(method, { dynamics, denoiser: { times: 'all' }, noise: experiment.dynamics.noise }), undefined);
}

export const close = (actual: number, expected: number, tolerance: number, what = ''): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what} ${actual} where ${expected} is expected`);
