import { benchmarks, norms } from '../compare';
import { dataSources } from '../datasets/entry';
import { denoisers } from '../denoisers';
import { diagnostics } from '../diagnostics';
import { dynamics } from '../dynamics';
import { exportFormats } from '../exports';
import { grids } from '../grids';
import { importFormats } from '../imports';
import { integrators } from '../integrators';
import { models } from '../models';
import { timeSamplings } from '../models/timeSamplings';
import { schedules } from '../schedules';
import { modifiers } from '../schedules/modifiers';
import { presets } from '../schedules/presets';
import { starts } from '../process/starts';
import { tableFormats } from '../text/tables';

/** One row of a registry, as documentation lists it. */
export interface CatalogueRow {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Where it comes from; empty where it is common ground. */
  readonly source: string;
}

const rowsOf = (rows: readonly (Omit<CatalogueRow, 'source'> & { readonly source?: string })[]): CatalogueRow[] =>
  rows.map(({ id, title, summary, source = '' }) => ({ id, title, summary, source }));

/** Every registry by its name: what an experiment may hold. */
export const catalogue: Readonly<Record<string, readonly CatalogueRow[]>> = {
  schedules: rowsOf(schedules),
  modifiers: rowsOf(modifiers),
  presets: rowsOf(presets),
  models: rowsOf(models),
  dynamics: rowsOf(dynamics),
  denoisers: rowsOf(denoisers),
  integrators: rowsOf(integrators),
  grids: rowsOf(grids),
  starts: rowsOf(starts),
  problems: rowsOf(benchmarks),
  data: rowsOf(dataSources),
  formats: rowsOf(exportFormats),
  imports: rowsOf(importFormats),
  norms: rowsOf(norms),
  'time-samplings': rowsOf(timeSamplings),
  'table-formats': rowsOf(tableFormats),
  diagnostics: rowsOf(diagnostics),
};
