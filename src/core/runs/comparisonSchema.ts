import * as z from 'zod';
import { norms } from '../compare/norms';
import { finalSteps } from '../integrators';
import { experimentSchema } from '../experiment/experiment';
import { idOf } from '../registry/field';
import { pathText } from '../registry/problem';

/** Any number, those that JSON lacks too. */
const number = z.custom<number>((value) => typeof value === 'number', 'must be a number');
const maybe = number.optional();
const numbers = z.array(number);
const text = z.string();
const errors = z.looseObject({ rms: number, max: number, mean: number, variance: number });

const row = z.looseObject({
  integrator: text,
  grid: text,
  gridTitle: text,
  final: idOf('final', finalSteps).optional(),
  steps: number,
  asked: maybe,
  tolerance: maybe,
  rejected: maybe,
  evaluations: number,
  error: number,
  errors,
  sampling: maybe,
  floor: maybe,
  load: maybe,
  limit: maybe,
  nearFloor: z.boolean(),
  milliseconds: number,
  status: z.enum(['done', 'unstable', 'diverged', 'refused']),
  reason: text,
  accuracy: maybe,
  accuracies: numbers.optional(),
});

const slope = z.looseObject({
  integrator: text,
  grid: text,
  gridTitle: text,
  final: idOf('final', finalSteps).optional(),
  order: maybe,
  nominal: number,
  over: numbers,
});

/** A comparison as its file holds it: every part that a table, a plot or a message reads. */
const comparisonSchema = z.looseObject({
  version: z.literal(1),
  id: text,
  made: text,
  experiment: experimentSchema,
  run: text.optional(),
  also: z.array(text).optional(),
  picture: z.looseObject({
    problem: text,
    verdict: text,
    norm: idOf('norm', norms),
    reference: z.looseObject({ source: text, error: number, errors, evaluations: number }),
    rows: z.array(row),
    slopes: z.array(slope),
  }),
});

/** The first thing that is wrong with what should be a kept comparison, with its place; undefined where nothing is. */
export function comparisonProblem(value: unknown): string | undefined {
  const [issue] = comparisonSchema.safeParse(value).error?.issues ?? [];
  return issue && `${pathText(issue.path as (string | number)[]) || 'the whole'}: ${issue.message}`;
}
