import { ownOf } from '../registry/own';
import type { Problem } from '../registry/problem';
import { withValueAt } from './changes';
import { experimentSchema, type Experiment } from './experiment';
import { fieldAt, type Field } from './fieldAt';
import { definitionOf, noteOf, visits } from './schemaPath';

type Path = Problem['path'];

/** Parts of an experiment that change no training, or that the sweep sets itself. */
const APART = ['$schema', 'version', 'name', 'seed', 'comparison', 'overlays', 'sweep', 'denoiser', 'imported'];

/** A path as it is written: training.learningRate, schedules.0.params.gamma1 or schedules[0].params.gamma1. */
export const settingPath = (text: string): Path =>
  text
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key));

/**
 * The path of the value that a sweep sets for a setting as it is named: of the id of a row, such as data.id, it is the
 * whole row, for another row has parameters of its own.
 */
export function variedPath(experiment: Experiment, name: string): Path {
  const path = settingPath(name);
  const around = path.slice(0, -1);
  return path.at(-1) === 'id' && fieldAt(around, experiment)?.kind === 'choice' ? around : path;
}

/** An experiment with the value of a setting, not checked; a row that is chosen keeps what is no parameter of the one before. */
export function withVaried(experiment: Experiment, path: Path, value: unknown): Experiment {
  const before = path.reduce<unknown>(ownOf, experiment);
  if (typeof value !== 'string' || typeof before !== 'object') return withValueAt(experiment, path, value);
  if (ownOf(before, 'id') === value) return experiment;
  const kept = Object.entries(before!).filter(([key]) => key !== 'params' && key !== 'inputs');
  return withValueAt(experiment, path, { ...Object.fromEntries(kept), id: value });
}

/** Why a sweep cannot vary a setting, whatever its values; undefined where it can. */
export function cannotVary(path: Path, method: Experiment['sweep']['method']): string | undefined {
  const name = path.join('.');
  if (name === 'seed' || name === 'training.seeds') return 'sweep.seeds says which seeds each cell is trained with';
  if (APART.includes(String(path[0]))) return 'it changes no training';
  if (name === 'training.checkpoints') return 'it changes no score';
  if (name === 'training.steps' && method === 'successive-halving') return 'successive halving sets the steps itself';
  return undefined;
}

/** The settings that a sweep of an experiment can vary, in the order of the document. */
export function sweepFields(experiment: Experiment): Field[] {
  const fields: Field[] = [];
  for (const { value, schema, path, around } of visits(experiment, experimentSchema)) {
    const { shape } = definitionOf(schema);
    if (!shape || Array.isArray(value)) continue;
    const row = path.length ? fieldAt(path, experiment) : undefined;
    if (row?.kind === 'choice' && !cannotVary(path, experiment.sweep.method)) fields.push(row);
    const free = path.at(-1) === 'params' && around ? noteOf(around.schema).parametersOf?.(around.value as never) : {};
    for (const key of new Set([...Object.keys(shape), ...Object.keys(free ?? {})])) {
      const field = fieldAt([...path, key], experiment);
      if (field && isVaried(field) && !cannotVary(field.path, experiment.sweep.method)) fields.push(field);
    }
  }
  // what chooses a row stands before its parameters
  const order = Object.keys(experimentSchema.shape);
  const rank = ({ path }: Field) => 100 * order.indexOf(String(path[0])) + path.length;
  const byPath = new Map(fields.map((field) => [field.path.join('.'), field]));
  return [...byPath.values()].sort((a, b) => rank(a) - rank(b));
}

/** Whether a field holds one thing that can have several values: a number, a choice, a flag, or a list of numbers. */
const isVaried = ({ kind, path }: Field): boolean =>
  kind === 'number' || kind === 'flag' || kind === 'choice' || path.at(-1) === 'hidden';
