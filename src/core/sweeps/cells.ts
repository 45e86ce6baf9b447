import { changesAt, valueAt, type Change } from '../experiment/changes';
import { experimentSchema, type Experiment } from '../experiment/experiment';
import { fieldAt } from '../experiment/fieldAt';
import { MOST_CELLS } from '../experiment/fields/sweep';
import { withModel } from '../experiment/modelVariant';
import { sweepProblems } from '../experiment/sweepProblems';
import { settingPath, variedPath, withVaried } from '../experiment/sweepSettings';
import { Random } from '../math/random';
import type { ModelId } from '../models';
import { InputError } from '../registry/problem';
import { digest } from '../text/digest';
import { valueText, type SweepAxis } from './axisText';

/** One choice of the settings that a sweep varies. */
export interface SweepCell {
  /** The value of each setting by its path as the sweep names it, in the order of the sweep. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The experiment with these settings, of one seed and without a sweep of its own. */
  readonly experiment: Experiment;
}

/** The cells of an experiment's sweep, the same for the same document; an InputError at its place where it cannot be run. */
export function sweepCells(experiment: Experiment): SweepCell[] {
  const { axes } = experiment.sweep;
  const path = ['sweep', 'axes'];
  if (!axes.length) throw new InputError('the sweep varies nothing: choose a setting and its values', path);
  for (const problem of sweepProblems(experiment)) throw new InputError(problem.message, problem.path);
  const seen = new Set<string>();
  const different = choices(experiment).filter((values) => {
    const key = JSON.stringify(values);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
  return different.map((values) => {
    const settings = Object.fromEntries(axes.map((axis, i) => [axis.path, values[i]]));
    return { settings, experiment: withSettings(experiment, settings) };
  });
}

/** Settings in a line of text: training.learningRate=0.003, model.hidden=[8]. */
export const settingsText = (settings: SweepCell['settings']): string =>
  Object.entries(settings)
    .map(([path, value]) => `${path}=${valueText(value)}`)
    .join(', ');

/** An experiment with settings by their paths; an InputError where they do not go together. */
export function withSettings(experiment: Experiment, settings: SweepCell['settings']): Experiment {
  const { training } = experiment;
  const plain = { ...experiment, training: { ...training, seeds: 1 }, sweep: experimentSchema.shape.sweep.parse({}) };
  const changed = inOrder(settings).reduce<Experiment>((from, [path, value]) => withSetting(from, path, value), plain);
  const { data, error } = experimentSchema.safeParse(changed);
  const issue = error?.issues[0];
  if (data) return data;
  throw new InputError(`${settingsText(settings)} does not go together: ${issue!.message}`, ['sweep', 'axes']);
}

/** Settings as they are made: what chooses which settings there are comes first. */
const inOrder = (settings: SweepCell['settings']) =>
  Object.entries(settings).sort(([, a], [, b]) => Number(isChoice(b)) - Number(isChoice(a)));

const isChoice = (value: unknown) => typeof value === 'string';

/** The changes of an experiment's document that give it a cell's settings; its sweep is left out. */
export function settingChanges(experiment: Experiment, settings: SweepCell['settings']): Change[] {
  const changes: Change[] = [{ path: ['sweep'], value: undefined }];
  let now = experiment;
  for (const [name, value] of inOrder(settings)) {
    const next = withSetting(now, name, value);
    const path = variedPath(now, name);
    if (name !== 'model.id') changes.push(...changesAt(now, path, valueAt(next, path)));
    else
      for (const one of [...MODEL_PATHS, path])
        if (valueAt(next, one) !== valueAt(now, one) || one === path)
          changes.push({ path: one, value: valueAt(next, one) });
    now = next;
  }
  return changes;
}

/** What another kind of model may change beside itself. */
const MODEL_PATHS = [['model', 'prediction'], ['integrator', 'id'], ['dynamics']];

function withSetting(experiment: Experiment, name: string, value: unknown): Experiment {
  if (name === 'model.id') return withModel(experiment, value as ModelId);
  return withVaried(experiment, variedPath(experiment, name), value);
}

/** The values of each cell, in the order of the axes. */
function choices(experiment: Experiment): unknown[][] {
  const { axes, method, cells } = experiment.sweep;
  const allListed = axes.every(({ values }) => values !== undefined);
  if (method === 'grid' || (method === 'successive-halving' && allListed)) return grid(axes);
  const random = Random.stream(experiment.seed, 'sweep');
  const columns = axes.map((axis) => {
    const isWhole = fieldAt(settingPath(axis.path), experiment)?.range?.integer ?? false;
    const strata = method === 'random' ? undefined : random.permutation(cells);
    return Array.from({ length: cells }, (_, k) => {
      const share = strata ? (strata[k]! + random.uniform()) / cells : random.uniform();
      return valueAtShare(axis, share, isWhole);
    });
  });
  return Array.from({ length: cells }, (_, k) => columns.map((column) => column[k]));
}

function grid(axes: readonly SweepAxis[]): unknown[][] {
  const count = axes.reduce((product, { values = [] }) => product * values.length, 1);
  if (count > MOST_CELLS)
    throw new InputError(`the grid has ${count} cells, and at most ${MOST_CELLS} are trained: draw some at random`, [
      'sweep',
      'axes',
    ]);
  return axes.reduce<unknown[][]>(
    (rows, { values = [] }) => rows.flatMap((row) => values.map((value) => [...row, value])),
    [[]],
  );
}

/** The value at a share, 0 to 1, of an axis' values or range; numbers of a range have four digits. */
function valueAtShare({ values, range }: SweepAxis, share: number, isWhole: boolean): unknown {
  if (!range) return values![Math.min(Math.floor(share * values!.length), values!.length - 1)];
  const { low, high, scale } = range;
  if (isWhole) {
    const [from, to] = [Math.ceil(low), Math.floor(high)];
    const at = scale === 'log' ? from * ((to + 1) / from) ** share : from + share * (to + 1 - from);
    return Math.min(Math.floor(at), to);
  }
  const value = scale === 'log' ? low * (high / low) ** share : low + share * (high - low);
  return Math.min(Math.max(Number(value.toPrecision(4)), low), high);
}

/** What of an experiment decides what a training comes to, its seed apart. */
const TRAINED = ['name', 'window', 'data', 'model', 'training', 'dynamics', 'integrator', 'grid', 'start'] as const;

/**
 * What the runs of a cell share, over its seeds: the sweep finds them by it, whichever window or terminal trained them.
 * Another experiment or other settings give another one.
 */
export function cellGroup({ experiment, settings }: SweepCell): string {
  const trained = [experiment.schedules[0], ...TRAINED.map((key) => experiment[key])];
  return `sweep ${digest(JSON.stringify([trained, settings]))} ${settingsText(settings)}`;
}

/** Whether a group of runs is a cell of a sweep. */
export const isCellGroup = (group: string | undefined): boolean => group?.startsWith('sweep ') ?? false;

/** What takes turns in the queue: all cells of an experiment's sweep are one, as the seeds of one training are. */
export const turnOf = (group: string | undefined, name: string): string =>
  group === undefined ? name : isCellGroup(group) ? `sweep ${name}` : group;
