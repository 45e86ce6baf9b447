import type { Schedule } from '../schedules';
import type { Diagnostic, DiagnosticResult, Severity } from './diagnostic';
import type { DiagnosticSettings } from './settings';
import { factTable, type FactRow } from './factTable';
import { ends, prediction, prior, residual } from './ends';
import { poles } from './poles';
import { monotone, range, windowShare } from './shape';
import { eulerSteps } from './steps';
import { featuresOf } from './scheduleFeatures';
import { decades, weight } from './weight';

/** Every diagnostic, the most important first. A new one is a row here. */
export const diagnostics: readonly Diagnostic[] = [
  range,
  monotone,
  prediction,
  prior,
  decades,
  ends,
  residual,
  eulerSteps,
  poles,
  weight,
  windowShare,
];

/** A result with the diagnostic that found it. */
export type Diagnosis = DiagnosticResult & Pick<Diagnostic, 'id' | 'title'>;

const RANK: Readonly<Record<Severity, number>> = { warning: 0, note: 1, info: 2 };

/** What was found of several schedules as a table: rows are facts, the most important first, and cells schedules. */
export const factsBeside = (found: readonly (readonly Diagnosis[])[]): FactRow[] => factTable(diagnostics, found);

/** What every diagnostic finds of a schedule, the most important first. */
export function diagnose(schedule: Schedule, settings: DiagnosticSettings): Diagnosis[] {
  const features = featuresOf(schedule, settings);
  return diagnostics
    .flatMap(({ id, title, of }): Diagnosis[] => {
      const result = of(features);
      return result ? [{ id, title, ...result }] : [];
    })
    .sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}

export type { FactCell, FactRow } from './factTable';
export { predictedQuantities } from './settings';
export type { DiagnosticSettings, PredictedQuantity } from './settings';
export type { DiagnosticResult, Fact, NamedNumber, Severity } from './diagnostic';
