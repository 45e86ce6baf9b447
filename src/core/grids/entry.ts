import * as z from 'zod';
import { about, atMost, fieldNotes, idIs, mustBe, params, type Known, unionOrId } from '../registry/field';
import { formatNumber } from '../text/format';
import { gridFamily, grids, timesProblem } from '.';
import type { Grid, GridFamily } from './grid';

const DEFAULT = 'uniform-t';

/** The most times of a grid: those of the most steps. */
const MOST_TIMES = 100_001;

const timesField = z
  .array(z.number(mustBe('each of times', 'a number')), mustBe('times', 'a list of numbers from 0 to 1'))
  .max(...atMost('times', MOST_TIMES))
  .superRefine((times, context) => {
    const message = timesProblem(times);
    if (message) context.addIssue({ code: 'custom', message });
  })
  .register(fieldNotes, { title: 'Times', summary: 'Ascending, from 0 to 1' })
  .describe('The times of the steps, ascending, from 0 to 1');

/** Only a family that takes times has them, and there they must be. */
const timesOf = ({ takes }: GridFamily) =>
  (takes === 'times' ? { times: timesField } : {}) as unknown as { times: z.ZodOptional<typeof timesField> };

const gridObject = (family: GridFamily) =>
  z.looseObject({ id: idIs(family), params: params(family), ...timesOf(family) }).meta(about(family));

/** A step grid: an object, or its id alone where its parameters have their defaults. */
const anyGrid = () => unionOrId('grid', grids, gridObject);

/** The step grid of an experiment. */
export const gridField = anyGrid()
  .prefault(DEFAULT)
  .describe(`How the steps are spread over the window, or the grid's id alone; default ${DEFAULT}`);

/** The grid of an experiment; `times` for a family that takes them, ascending, from 0 to 1. */
export type GridEntry = Known<z.output<typeof gridField>>;

/** The most grids of a comparison. */
const MOST_GRIDS = 100;

/** The grids of a comparison. */
export const gridsField = z
  .array(anyGrid(), mustBe('grids', 'a list of grids'))
  .max(...atMost('grids', MOST_GRIDS))
  .register(fieldNotes, { title: 'Step grids', summary: 'Each method is run on each of these' })
  .default([])
  .describe("The grids each method is run on; default the experiment's own");

/** The grid of a valid entry; parameters its family does not have are left aside. */
export const entryGrid = ({ id, params, times = [] }: GridEntry): Grid => gridFamily(id).create(params, times);

/** The name of an entry in plots and tables: its id, and the parameters that are not at their defaults. */
export function gridLabel({ id, params, times }: GridEntry): string {
  const { parameters, takes } = gridFamily(id);
  const changed = Object.entries(parameters)
    .filter(([key, row]) => params[key] !== row.default)
    .map(([key, row]) => `${row.symbol} ${formatNumber(params[key]!)}`);
  if (takes) changed.push(`${times?.length ?? 0} times`);
  return changed.length ? `${id} (${changed.join(', ')})` : id;
}
