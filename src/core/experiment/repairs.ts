import type * as jsonc from 'jsonc-parser';
import { dataSources } from '../datasets/entry';
import { InputError, type LocatedProblem, type Problem } from '../registry/problem';
import { ownOf } from '../registry/own';
import { quoted } from '../registry/quoted';
import { isTree, keyNode, nodeAt, readJsonTree, treeValue } from '../text/jsonTree';
import { nearestNames } from '../text/nearest';
import { TreeIndex } from '../text/treeIndex';
import { applyChange, withoutItem } from './applyChange';
import { parseExperiment } from './document';
import { VERSION, type Experiment } from './experiment';
import { fieldAt, type Field } from './fieldAt';
import { valueText } from './fieldWords';
import { nearestAllowed } from './nearestAllowed';
import { sweepProblems } from './sweepProblems';
import { unusedSettings } from './unusedSettings';

type Path = Problem['path'];

/** One way to mend a problem of a text. */
export interface Repair {
  /** What it does: Change to "learningRate". */
  readonly title: string;
  /** The whole text, mended. */
  readonly text: string;
}

/** A problem with the ways to mend it, the likeliest first. */
export interface Mendable {
  readonly problem: LocatedProblem;
  readonly repairs: readonly Repair[];
}

/** The text of an experiment as it is mended. */
interface Source {
  readonly text: string;
  readonly root: jsonc.Node;
  readonly value: unknown;
  /** Whether the schema takes it. */
  readonly valid: boolean;
}

/** The problems of a text of which a part lies from one offset to another, each with the ways to mend it. */
export function repairsIn(text: string, from: number, to: number): Mendable[] {
  const { experiment, problems } = parseExperiment(text);
  const root = readJsonTree(text);
  if (!isTree(root)) return [];
  const source = { text, root, value: experiment ?? treeValue(root), valid: experiment !== undefined };
  const errors = errorsOf(problems);
  return problems
    .filter(({ offset, length }) => offset <= to && offset + length >= from)
    .map((problem) => ({ problem, repairs: repairsOf(source, problem).filter(mends(problem, errors)) }));
}

const errorsOf = (problems: readonly LocatedProblem[]) =>
  problems.filter(({ severity }) => severity === 'error').length;

/** Whether a text no longer has a problem, and no error in its place. */
const mends = (problem: LocatedProblem, errors: number) => {
  const allowed = problem.severity === 'error' ? errors - 1 : errors;
  const isSame = (one: LocatedProblem) => one.message === problem.message && one.path.join() === problem.path.join();
  return ({ text }: Repair): boolean => {
    const { problems } = parseExperiment(text);
    return errorsOf(problems) <= allowed && !problems.some(isSame);
  };
};

function repairsOf(source: Source, problem: LocatedProblem): Repair[] {
  const { path } = problem;
  if (!path.length) return ofLost(source, problem);
  if (problem.severity === 'warning') {
    if (path[0] === 'sweep' && source.valid) return ofSweep(source, problem);
    const unused = [...unusedSettings(source.value, source.valid)].find((one) => one.path.join() === path.join());
    if (unused) return ofUnused(source, path, unused.names);
  }
  const { node, depth } = new TreeIndex(source.root).nearest(path);
  if (depth === path.length) return ofRefused(source, path, treeValue(node));
  // An id that stands alone for its object is the value of the whole.
  const alone = node.type === 'string' && path.at(-1) === 'id' && depth === path.length - 1;
  return alone ? ofRefused(source, path.slice(0, -1), node.value) : ofMissing(source, path);
}

/** The text with a change made; none where it cannot be made. */
function changed({ text }: Source, title: string, path: Path, value: unknown): Repair[] {
  try {
    return [{ title, text: applyChange(text, { path, value }) }];
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}

/** A property that comes again, or whose name none can have: it is taken out. */
function ofLost({ text, root }: Source, { offset }: LocatedProblem): Repair[] {
  const node = nodeAt(root, offset);
  const property = node?.parent;
  if (node?.type !== 'string' || property?.type !== 'property' || property.children?.[0] !== node) return [];
  return [{ title: `Remove this "${String(node.value)}"`, text: withoutItem(text, property) }];
}

/** A setting that nothing knows: it is called as the one that it most likely stands for, or taken out. */
function ofUnused(source: Source, path: Path, names: readonly string[]): Repair[] {
  const { text, root } = source;
  const key = String(path.at(-1));
  const around = new TreeIndex(root).nearest(path.slice(0, -1)).node;
  const taken = treeValue(around);
  const { offset, length } = keyNode(new TreeIndex(root).nearest(path).node);
  const renamed = nearestNames(key, names)
    .filter((name) => ownOf(taken, name) === undefined)
    .map((name) => ({
      title: `Change to "${name}"`,
      text: text.slice(0, offset) + JSON.stringify(name) + text.slice(offset + length),
    }));
  return [...renamed, ...changed(source, `Remove "${key}"`, path, undefined)];
}

/** A setting that a sweep cannot vary, or a value that it cannot have: another that is near, or it is taken out. */
function ofSweep(source: Source, { path, message }: LocatedProblem): Repair[] {
  const all = [...sweepProblems(source.value as Experiment)];
  const found = all.find((one) => one.message === message && one.path.join() === path.join());
  const axis = path.slice(0, 3);
  const last = path.at(-1)!;
  const place = typeof last === 'number' ? path : axis;
  const shown = valueTextAt(source.value, place === axis ? [...axis, 'path'] : path);
  return [
    ...(found?.instead ?? []).flatMap((value) => changed(source, `Change to ${JSON.stringify(value)}`, path, value)),
    ...changed(source, `Remove ${shown}${place === axis ? ' from the sweep' : ''}`, place, undefined),
  ];
}

/** The value at a path of an experiment, in quotes where it is text. */
const valueTextAt = (value: unknown, path: Path): string => quoted(path.reduce<unknown>(ownOf, value));

/** What a setting that must be given begins with. */
function beginning(path: Path, value: unknown): unknown {
  const key = path.at(-1)!;
  if (path.length === 1) return { version: VERSION, schedules: [{ id: 'linear-gamma' }] }[key];
  const around = path.slice(0, -1);
  if (key === 'id') return fieldAt(around, value as Experiment)?.choices?.[0]?.id;
  const source = dataSources.find(({ id }) => id === ownOf(ownOf(value, 'data'), 'id'));
  return around.join() === 'data' && source && 'begin' in source ? ownOf(source.begin, key) : undefined;
}

/** A setting that must be there is added. One that its neighbours do not go with has them at their defaults. */
function ofMissing(source: Source, path: Path): Repair[] {
  const experiment = source.value as Experiment;
  const field = fieldAt(path, experiment);
  const begins = field?.default ?? beginning(path, source.value);
  const around = path.slice(0, -1);
  const beside = field ? Object.keys(treeValue(new TreeIndex(source.root).nearest(around).node) as object) : [];
  const shown = typeof begins === 'object' ? '' : ` ${JSON.stringify(begins)}`;
  return [
    ...(begins === undefined ? [] : changed(source, `Add "${String(path.at(-1))}"${shown}`, path, begins)),
    ...beside.flatMap((key) => toDefault(source, fieldAt([...around, key], experiment), `"${key}"`)),
  ];
}

/** A value that is refused: another that is near to it and allowed, or the default. */
function ofRefused(source: Source, path: Path, value: unknown): Repair[] {
  const field = fieldAt(path, source.value as Experiment);
  const around = fieldAt(path.slice(0, -1), source.value as Experiment);
  // The id of an object, and an item of a list of ids, is chosen among the rows of what is around it.
  const choices = field?.choices ?? around?.choices ?? [];
  const ids = choices.map(({ id }) => id);
  const near = typeof value === 'string' && !ids.includes(value) ? nearestNames(value, ids) : [];
  const allowed = field?.range && nearestAllowed(field.range, value);
  const key = path.at(-1)!;
  return [
    ...near.flatMap((id) => changed(source, `Change to "${id}"`, path, id)),
    ...(ids.includes(value as string)
      ? changed(source, `Change to { "id": "${String(value)}" }`, path, { id: value })
      : []),
    ...(allowed === undefined ? [] : changed(source, `Set to ${allowed}, the nearest allowed value`, path, allowed)),
    ...(typeof key === 'number' ? changed(source, `Remove ${quoted(value)}`, path, undefined) : []),
    ...(key === 'id' && !field?.choices ? toDefault(source, around) : toDefault(source, field)),
  ];
}

/** A setting that needs not be there goes back to its default: it is taken out. */
function toDefault(source: Source, field: Field | undefined, name = 'it'): Repair[] {
  if (!field || typeof field.path.at(-1) === 'number' || field.refusal(undefined) !== undefined) return [];
  const { path, default: standard } = field;
  const title =
    standard === undefined
      ? `Remove "${String(path.at(-1))}"`
      : `Set ${name} to its default, ${valueText(field, standard)}`;
  return changed(source, title.replace('Set it to', 'Set to'), path, undefined);
}
