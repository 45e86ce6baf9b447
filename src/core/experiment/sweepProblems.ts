import { ownOf } from '../registry/own';
import type { Problem } from '../registry/problem';
import { quoted } from '../registry/quoted';
import { nearestNames } from '../text/nearest';
import { problemsAround, valueAt } from './changes';
import type { Experiment } from './experiment';
import { fieldAt, type Field } from './fieldAt';
import { nearestAllowed } from './nearestAllowed';
import { cannotVary, settingPath, sweepFields, variedPath, withVaried } from './sweepSettings';

type Path = Problem['path'];

/** Why a sweep cannot be run as it stands. */
export interface SweepProblem extends Pick<Problem, 'path' | 'message'> {
  /** What may stand at the path instead, the likeliest first. */
  readonly instead: readonly unknown[];
}

/** What is wrong with the sweep of an experiment, each problem at its place: paths that are no settings, values that none takes. */
export function* sweepProblems(experiment: Experiment): Generator<SweepProblem> {
  const { axes, method } = experiment.sweep;
  for (const [i, { path: name, values, range }] of axes.entries()) {
    const at: Path = ['sweep', 'axes', i];
    const path = variedPath(experiment, name);
    const refuse = (key: Path, message: string, instead: readonly unknown[] = []) => ({
      path: [...at, ...key],
      message,
      instead,
    });
    const why = cannotVary(path, method);
    const bases = basesOf(experiment, i).filter((base) => fieldAt(path, base));
    if (why !== undefined) yield refuse(['path'], `a sweep cannot vary ${name}: ${why}`);
    else if (!bases.length) yield unknownSetting(experiment, [...at, 'path'], name);
    else if (axes.slice(0, i).some((other) => settingPath(other.path).join() === path.join()))
      yield refuse(['path'], `${name} is varied twice`);
    else if (range !== undefined) {
      const field = fieldAt(path, bases[0])!;
      if (method === 'grid') yield refuse(['range'], `a grid needs values of ${name}, and no range: or choose random`);
      else if (field.kind !== 'number') yield refuse(['range'], `${name} is no number: give values, and no range`);
      else
        for (const end of ['low', 'high'] as const) {
          const message = refusedBy(field, bases, range[end]);
          if (message !== undefined) yield refuse(['range', end], message, allowed(field, range[end]));
        }
    } else
      for (const [k, value] of values!.entries()) {
        const field = fieldAt(path, bases[0])!;
        const message = refusedBy(field, bases, value);
        if (message !== undefined) yield refuse(['values', k], message, allowed(field, value));
      }
  }
}

/** The experiment, and with each value of the other settings: what one of these chooses decides which settings there are. */
const basesOf = (experiment: Experiment, axis: number): Experiment[] => [
  experiment,
  ...experiment.sweep.axes.flatMap(({ path, values = [] }, i) =>
    i === axis || typeof values[0] !== 'string'
      ? []
      : values.map((value) => withVaried(experiment, variedPath(experiment, path), value)),
  ),
];

/** Why no experiment takes a value at a field's path; undefined where one does. A whole number stands for any in between. */
function refusedBy(field: Field, bases: readonly Experiment[], value: unknown): string | undefined {
  const refusals = bases.map((base) => {
    const own = fieldAt(field.path, base)!;
    const isRow = typeof value === 'string' && ownOf(valueAt(base, field.path), 'id') !== undefined;
    return (
      (isRow ? undefined : own.refusal(value)) ??
      problemsAround(withVaried(base, field.path, value), field.path)[0]?.message
    );
  });
  return refusals.includes(undefined) ? undefined : refusals[0];
}

/** The values nearest to a refused one that its field takes. */
function allowed({ range, choices = [] }: Field, value: unknown): unknown[] {
  const near = range && nearestAllowed(range, value);
  const ids = choices.map(({ id }) => id);
  return [...(typeof value === 'string' ? nearestNames(value, ids) : []), ...(near === undefined ? [] : [near])];
}

function unknownSetting(experiment: Experiment, path: Path, name: string): SweepProblem {
  const known = sweepFields(experiment).map((field) => field.path.join('.'));
  const parts = name.split('.');
  const alike = known.filter((one) => one.endsWith(`.${name}`));
  // in its own section a name counts by itself
  const around = parts.slice(0, -1).join('.');
  const beside = known.filter((one) => one.split('.').slice(0, -1).join('.') === around);
  const tail = (one: string) => one.split('.').pop()!;
  const near = nearestNames(parts.at(-1)!, beside.map(tail));
  const found = beside.filter((one) => near.includes(tail(one)));
  const instead = [alike, found, nearestNames(name, known)].find((names) => names.length) ?? [];
  const hint = instead.length
    ? `did you mean ${instead.map(quoted).join(' or ')}?`
    : 'settings are named by their paths, such as training.learningRate';
  return { path, message: `there is no setting ${quoted(name)}: ${hint}`, instead };
}
