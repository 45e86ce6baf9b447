import type { ScheduleFeatures } from './scheduleFeatures';

/** How much a result matters: something to change, something to know, or a plain figure. */
export type Severity = 'warning' | 'note' | 'info';

/** A number that a result rests on, with its name and unit. */
export interface NamedNumber {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/** What is found of a schedule. */
export interface DiagnosticResult {
  readonly severity: Severity;
  /** One plain sentence, or a sentence and its consequence, with its figures to four digits. */
  readonly sentence: string;
  readonly figures: readonly NamedNumber[];
  /** Whether the figures are the rows of a table. */
  readonly tabular?: boolean;
}

/** A row of the registry: one question asked of every schedule. */
export interface Diagnostic {
  readonly id: string;
  readonly title: string;
  /** What it looks for. */
  readonly summary: string;
  /** Undefined where there is nothing to say. */
  readonly of: (features: ScheduleFeatures) => DiagnosticResult | undefined;
}
