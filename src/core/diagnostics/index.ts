import type { Schedule } from '../schedules';
import type { Context, Diagnostic, Finding, Severity } from './diagnostic';
import { ends, prediction, prior, residual } from './ends';
import { poles } from './poles';
import { monotone, range, windowShare } from './shape';
import { eulerSteps } from './steps';
import { subjectOf } from './subject';
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

/** A finding with the diagnostic that made it. */
export type Diagnosis = Finding & Pick<Diagnostic, 'id' | 'title'>;

const RANK: Readonly<Record<Severity, number>> = { warning: 0, note: 1, info: 2 };

/** What every diagnostic finds of a schedule, the most important first. */
export function diagnose(schedule: Schedule, context: Context): Diagnosis[] {
  const subject = subjectOf(schedule, context);
  return diagnostics
    .flatMap(({ id, title, of }): Diagnosis[] => {
      const finding = of(subject);
      return finding ? [{ id, title, ...finding }] : [];
    })
    .sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}

export { predictions } from './diagnostic';
export type { Context, Figure, Finding, Prediction, Severity } from './diagnostic';
