import type { ScheduleFeatures } from './scheduleFeatures';

/** How much a result matters: something to change, something to know, or a plain figure. */
export type Severity = 'warning' | 'note' | 'info';

/** A number that a result rests on, with its name and unit. */
export interface NamedNumber {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/** One cell of a table that compares schedules: a fact in as few words as it takes. */
export interface Fact {
  readonly id: string;
  /** The row's name, with its unit where it has one. */
  readonly title: string;
  readonly text: string;
  /** The number behind the text, to be copied; none where words say it. */
  readonly value?: number;
  /** How bad it is, the larger the worse; undefined where it is neither good nor bad. */
  readonly bad?: number;
  /** Shares of a whole to be drawn as small bars, each at a place on an axis that all schedules share. */
  readonly bars?: readonly { readonly place: number; readonly share: number }[];
}

/** What is found of a schedule. */
export interface DiagnosticResult {
  readonly severity: Severity;
  /** One plain sentence, or a sentence and its consequence, with its figures to four digits. */
  readonly sentence: string;
  readonly figures: readonly NamedNumber[];
  /** Whether the figures are the rows of a table. */
  readonly tabular?: boolean;
  /** What stands in a table of schedules; the first figure where it is not told. */
  readonly facts?: readonly Fact[] | undefined;
}

/** A row of the registry: one question asked of every schedule. */
export interface Diagnostic {
  readonly id: string;
  readonly title: string;
  /** What it looks for. */
  readonly summary: string;
  /** What is so where there is nothing to say, in a sentence. */
  readonly otherwise?: string;
  /** Undefined where there is nothing to say. */
  readonly of: (features: ScheduleFeatures) => DiagnosticResult | undefined;
}
