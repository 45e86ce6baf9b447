import type { Experiment } from '../experiment/experiment';
import { testScore } from '../runs/metrics';
import type { RunRecord, TrainTask } from '../runs/record';
import { isResumable } from '../runs/resumable';
import type { RunSummary } from '../runs/runList';
import { cellGroup, sweepCells, type SweepCell } from './cells';

/** What is needed of a run of a cell. */
export type CellRun = Pick<
  RunSummary,
  'id' | 'group' | 'seed' | 'state' | 'step' | 'steps' | 'started' | 'message' | 'testAccuracy' | 'testR2'
>;

/** A cell at the stage that it has come to. */
export interface StagedCell {
  readonly cell: SweepCell;
  readonly group: string;
  /** From 0; a sweep without successive halving has one stage. */
  readonly stage: number;
  /** By seed, ascending: the newest run of each. */
  readonly runs: readonly CellRun[];
}

/** A training that a sweep still needs: of a cell with a seed, from its start or from where a run of it stopped. */
export interface OpenTraining {
  readonly cell: SweepCell;
  readonly group: string;
  readonly seed: number;
  readonly resume?: string | undefined;
}

/** How far a sweep is. */
export interface SweepState {
  readonly stages: number;
  readonly cells: readonly StagedCell[];
  /** The trainings of the present stage that are not at their end; none where the sweep is done. */
  readonly open: readonly OpenTraining[];
  /** How many trainings the whole sweep has, and how many are at their end. */
  readonly total: number;
  readonly ended: number;
}

/** Whether a run needs no more training: it is done, or no training would make it finite. */
export const isSettled = ({ state }: Pick<RunRecord, 'state'>): boolean => state === 'done' || state === 'diverged';

/** How many cells each stage has, the first one all. */
function stageSizes(cells: number, { method, factor }: Experiment['sweep'], steps: number): number[] {
  if (method !== 'successive-halving') return [cells];
  const sizes = [cells];
  while (sizes.at(-1)! >= factor && steps >= factor ** sizes.length) sizes.push(Math.floor(sizes.at(-1)! / factor));
  return sizes;
}

/**
 * How far the sweep of an experiment is, by the runs that there are of it. Stages of successive halving come one after the
 * other: the best cells of one, by their mean test score, are trained anew with more steps in the next. An InputError as
 * `sweepCells`.
 */
export function sweepState(experiment: Experiment, runs: readonly CellRun[]): SweepState {
  const { sweep, seed, training } = experiment;
  const all = sweepCells(experiment);
  const sizes = stageSizes(all.length, sweep, training.steps);
  const seeds = Array.from({ length: sweep.seeds }, (_, k) => seed + k);
  const newest = newestRuns(runs);
  const total = sizes.reduce((sum, size) => sum + size, 0) * seeds.length;
  const reached = new Map<SweepCell, StagedCell>();
  let ended = 0;
  let going = all;
  for (let stage = 0; stage < sizes.length; stage++) {
    const staged = going.map((cell) => stagedCell(cell, stage, sizes.length, sweep.factor, newest, seeds));
    staged.forEach((one, k) => reached.set(going[k]!, one));
    ended += staged.flatMap((one) => one.runs.filter(isSettled)).length;
    const open = staged.flatMap((one) => openOf(one, seeds));
    const next = sizes[stage + 1];
    if (open.length || next === undefined)
      return { stages: sizes.length, cells: all.map((cell) => reached.get(cell)!), open, total, ended };
    going = bestOf(going, staged).slice(0, next);
  }
  return { stages: sizes.length, cells: [], open: [], total, ended };
}

function stagedCell(
  whole: SweepCell,
  stage: number,
  stages: number,
  factor: number,
  newest: ReadonlyMap<string, CellRun>,
  seeds: readonly number[],
): StagedCell {
  const { training } = whole.experiment;
  const steps = Math.max(1, Math.round(training.steps / factor ** (stages - 1 - stage)));
  const cell: SweepCell = { ...whole, experiment: { ...whole.experiment, training: { ...training, steps } } };
  const group = cellGroup(cell);
  const found = seeds.flatMap((seed) => newest.get(runKey(group, seed)) ?? []);
  return { cell, group, stage, runs: found };
}

const runKey = (group: string, seed: number) => `${seed} ${group}`;

/** The run of each group and seed: one that is settled before others, then the newest. */
function newestRuns(runs: readonly CellRun[]): ReadonlyMap<string, CellRun> {
  const newest = new Map<string, CellRun>();
  for (const run of runs) {
    if (run.group === undefined) continue;
    const key = runKey(run.group, run.seed);
    const before = newest.get(key);
    if (!before || isBetter(run, before)) newest.set(key, run);
  }
  return newest;
}

function isBetter(run: CellRun, before: CellRun): boolean {
  if (isSettled(run) !== isSettled(before)) return isSettled(run);
  return run.started > before.started;
}

function openOf({ cell, group, runs }: StagedCell, seeds: readonly number[]): OpenTraining[] {
  return seeds.flatMap((seed) => {
    const run = runs.find((one) => one.seed === seed);
    if (run && isSettled(run)) return [];
    return [{ cell, group, seed, ...(run && isResumable(run) && { resume: run.id }) }];
  });
}

/** The cells, the best first by the mean test score over their seeds; one with a run that has none comes last. */
function bestOf(cells: readonly SweepCell[], staged: readonly StagedCell[]): SweepCell[] {
  const mean = ({ runs }: StagedCell) => {
    const scores = runs.map((run) => (run.state === 'done' ? testScore(run)?.value : undefined) ?? -Infinity);
    return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  };
  const rows = cells.map((cell, k) => ({ cell, mean: mean(staged[k]!) }));
  return rows.sort((a, b) => (a.mean === b.mean ? 0 : b.mean - a.mean)).map(({ cell }) => cell);
}

/** A run of a sweep that is in training; undefined where none is. */
export const busyRun = ({ cells }: SweepState): CellRun | undefined =>
  cells.flatMap(({ runs }) => runs).find(({ state }) => state === 'running');

/** The task that does an open training of a sweep. */
export function sweepTask({ cell, group, seed, resume }: OpenTraining, folder: string, runs: string): TrainTask {
  return { experiment: { ...cell.experiment, seed }, folder, runs, group, ...(resume !== undefined && { resume }) };
}
