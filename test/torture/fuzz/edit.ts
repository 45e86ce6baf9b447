import {
  changeExperiment,
  changesAt,
  problemsAround,
  withValueAt,
  type Change,
} from '../../../src/core/experiment/changes';
import { applyChange } from '../../../src/core/experiment/applyChange';
import { parseExperiment } from '../../../src/core/experiment/document';
import { fieldAt } from '../../../src/core/experiment/fieldAt';
import { validExperiments } from './experiments';
import type { Mutation } from './mutation';
import { asJson, fuzzFault } from './reader';

/** An experiment's text, and what a page asks to have changed in it. */
interface Edit {
  readonly text: string;
  readonly change: Change;
}

/** Makes the edit in the text and in the experiment, as page and host do. */
function read({ text, change }: Edit): void {
  const after = applyChange(text, change);
  if (typeof after !== 'string') throw new Error('the edit leaves no text');
  const { experiment } = parseExperiment(text);
  if (!experiment) return;
  const { path, value } = change;
  fieldAt(path, experiment);
  changeExperiment(experiment, [change]);
  for (const one of changesAt(experiment, path, value)) applyChange(text, one);
  withValueAt(experiment, path, value);
  problemsAround(experiment, path);
}

/** The paths that an experiment with every default has. */
function pathsOf(value: unknown, at: Change['path'] = []): Change['path'][] {
  if (typeof value !== 'object' || value === null) return [at];
  const entries = Array.isArray(value) ? value.slice(0, 4).map((one, k) => [k, one] as const) : Object.entries(value);
  return [at, ...entries.flatMap(([key, one]) => pathsOf(one, [...at, key]))];
}

function valueAt(experiment: unknown, path: Change['path']): unknown {
  return path.reduce<unknown>((part, key) => (part as Record<string | number, unknown>)[key], experiment);
}

/** A path as a page would have it, or with a part that is wrong, missing or too much. */
function pathNear(mutation: Mutation, path: Change['path']): Change['path'] {
  const out = [...path];
  const at = mutation.random.integer(out.length + 1);
  const part = mutation.pick<string | number>([mutation.word(), -1, 0, 1, 7, 1.5, 1e9, 'params', 'id']);
  const change = mutation.random.integer(4);
  if (change === 0) out.splice(at, 1);
  else if (change === 1) out.splice(at, 0, part);
  else if (change === 2) out.splice(at, 1, part);
  else return out.slice(0, at);
  return out;
}

export const editFault = fuzzFault<Edit>({
  name: 'edit',
  what: "edits from a page, with changed paths and values, are made in an experiment's text",
  seconds: 300,
  short: 400,
  inputs: () =>
    validExperiments().map((value) => ({
      text: JSON.stringify(value, undefined, 2),
      change: { path: ['name'], value: 'x' },
    })),
  mutate(mutation, { text }) {
    const { experiment } = parseExperiment(text);
    const paths = pathsOf(experiment ?? {});
    const path = mutation.pick(paths);
    const before = experiment && valueAt(experiment, path);
    const value = mutation.chance(0.1)
      ? undefined
      : mutation.valueNear(mutation.chance(0.3) ? mutation.json(before) : before);
    const insert = mutation.chance(0.15);
    return {
      text: mutation.chance(0.1) ? mutation.text(text) : text,
      change: { path: mutation.chance(0.4) ? pathNear(mutation, path) : path, value, ...(insert && { insert }) },
    };
  },
  read,
  isPast: () => false,
  ...asJson<Edit>(),
});
