import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diagnose, type DiagnosticSettings, type Diagnosis } from '../../../src/core/diagnostics';
import { checkValues, schedules, type Schedule } from '../../../src/core/schedules';

export const CONTEXT: DiagnosticSettings = { limit: 15, prediction: 'u', weightCap: Infinity };

/** All that is found of a schedule. */
export const found = (schedule: Schedule, context: Partial<DiagnosticSettings> = {}) =>
  diagnose(schedule, { ...CONTEXT, ...context });

/** What one diagnostic finds. */
export function diagnosisOf(schedule: Schedule, id: string, context: Partial<DiagnosticSettings> = {}): Diagnosis {
  const one = found(schedule, context).find((row) => row.id === id);
  assert.ok(one, `nothing is said of ${id}`);
  return one;
}

export const close = (actual: number, expected: number, relative: number, what = '') =>
  assert.ok(Math.abs(actual - expected) <= relative * Math.abs(expected), `${what}: ${actual}, expected ${expected}`);

/** Valid parameters of a family, from anywhere on its sliders. */
export function drawn(id: string) {
  const family = schedules.find((row) => row.id === id)!;
  const values = Object.entries(family.parameters).map(([key, { slider, integer }]) => [
    key,
    fc.double({ min: slider[0], max: slider[1], noNaN: true }).map((value) => (integer ? Math.round(value) : value)),
  ]);
  return fc
    .record(Object.fromEntries(values) as Record<string, fc.Arbitrary<number>>)
    .filter((one) => checkValues(family, one).length === 0);
}
