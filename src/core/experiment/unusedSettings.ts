import type { Problem } from '../registry/problem';
import { quoted } from '../registry/quoted';
import { ownOf } from '../registry/own';
import { didYouMean } from '../text/nearest';
import { experimentSchema } from './experiment';
import { definitionOf, noteOf, visits } from './schemaPath';

type Path = Problem['path'];

/** A setting that nothing uses. */
export interface UnusedSetting {
  readonly path: Path;
  /** The names of the settings that there are beside it. */
  readonly names: readonly string[];
  /** What is wrong, with the names that it most likely stands for, or else with all that there are. */
  readonly message: () => string;
}

/** What a key in these objects is called; elsewhere it is a setting. */
const KINDS: ReadonlyMap<unknown, string> = new Map([
  ['params', 'parameter'],
  ['inputs', 'input'],
]);

/**
 * The settings of an experiment that its schema does not know: most likely they are misspelt. The value may be one that
 * the schema refuses; then parameters that follow from a schedule's other settings, as those of a formula do, are not
 * looked at.
 */
export function* unusedSettings(experiment: unknown, valid: boolean): Generator<UnusedSetting> {
  for (const visit of visits(experiment, experimentSchema)) {
    const { value, path, around } = visit;
    const { shape } = definitionOf(visit.schema);
    const depends = path.at(-1) === 'params' && around ? noteOf(around.schema).parametersOf : undefined;
    if (!shape || Array.isArray(value) || (depends && !valid)) continue;
    const names = [...new Set([...Object.keys(shape), ...Object.keys(depends?.(around!.value as never) ?? {})])];
    for (const key of Object.keys(value))
      if (!names.includes(key)) {
        const id = ownOf(around?.value, 'id');
        yield { path: [...path, key], names, message: () => unusedText(path, key, names, id) };
      }
  }
}

function unusedText(parent: Path, key: string, names: readonly string[], id: unknown): string {
  const kind = KINDS.get(parent.at(-1));
  const owner = kind ? String(id) : parent.length ? parent.join('.') : 'an experiment';
  const known = didYouMean(key, names) ?? `it takes ${names.join(', ') || 'none'}`;
  return `${owner} has no ${kind ?? 'setting'} ${quoted(key)}, so it has no effect: ${known}`;
}

/** Whether an unused setting is somebody's own note: a key beside the settings that is near to none of their names. */
export const isNote = ({ path: [key] }: UnusedSetting): boolean =>
  !(String(key) in {}) && didYouMean(String(key), Object.keys(experimentSchema.shape)) === undefined;
