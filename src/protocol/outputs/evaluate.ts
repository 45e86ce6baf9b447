import * as z from 'zod';
import { exactly, real, whole } from './parts';

const calibration = exactly({
  rows: whole,
  accuracy: real,
  confidence: real,
  bins: z.array(exactly({ count: whole, confidence: real, accuracy: real })),
  error: real.describe('The expected calibration error'),
});

const assessment = exactly({
  rows: whole,
  evaluations: real,
  probabilities: exactly({ rule: z.enum(['votes', 'read-out']), starts: whole, calibration }).optional(),
});

const curve = exactly({
  rows: whole,
  steps: z.array(whole),
  chosen: whole,
  evaluations: z.array(real),
  measure: z.enum(['accuracy', 'R²']),
  scores: z.array(real),
});

const measured = {
  part: z.enum(['test', 'train']),
  rows: whole,
  effort: exactly({ evaluations: real, accepted: real, rejected: real }).optional(),
  assessment: assessment.optional(),
  curve: curve.optional(),
};

const perClass = exactly({
  label: z.string(),
  count: whole,
  given: whole,
  precision: real,
  recall: real,
  f1: real,
});

/** Of `noprop evaluate`: on classes, or on numbers. */
export const evaluate = z.union([
  exactly({
    ...measured,
    accuracy: real,
    classes: z.array(z.string()),
    confusion: z.array(z.array(whole)).describe('True class by label given'),
    perClass: z.array(perClass),
  }),
  exactly({ ...measured, targets: z.array(exactly({ name: z.string(), rmse: real, r2: real })) }),
]);
