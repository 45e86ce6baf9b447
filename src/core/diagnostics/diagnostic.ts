import type { Subject } from './subject';

/** How much a finding matters: something to change, something to know, or a plain figure. */
export type Severity = 'warning' | 'note' | 'info';

/** What a model gives at time t. */
export const predictions = ['u', 'v', 'epsilon'] as const;
export type Prediction = (typeof predictions)[number];

/** What a schedule is used with. */
export interface Context {
  /** The window: everything is summed and integrated where |gamma| <= limit. */
  readonly limit: number;
  /** Of the target, whose norm is taken as 1, as of a one-hot label; undefined where it is not known. */
  readonly dimension?: number | undefined;
  readonly prediction: Prediction;
  /** The largest weight the loss gives to any time; Infinity where it has no cap. */
  readonly weightCap: number;
}

/** A number a finding rests on, named, with its unit. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/** What is found of a schedule. */
export interface Finding {
  readonly severity: Severity;
  /** One plain sentence, or a sentence and its consequence, with its figures to four digits. */
  readonly sentence: string;
  readonly figures: readonly Figure[];
  /** Whether the figures are the rows of a table. */
  readonly tabular?: boolean;
}

/** A row of the registry: one question asked of every schedule. */
export interface Diagnostic {
  readonly id: string;
  readonly title: string;
  /** Undefined where there is nothing to say. */
  readonly of: (subject: Subject) => Finding | undefined;
}
