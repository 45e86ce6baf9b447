import type { Experiment } from '../../experiment/experiment';
import { gridLabel } from '../../grids/entry';
import { importFile } from '../../imports';
import { configClass, diffusers } from '../../imports/diffusers';
import { InputError } from '../../registry/problem';
import { pythonJsonText, readPythonJson } from '../../text/pythonJson';
import { aspectKeys, keysFor } from './classKeys';
import { freshConfig } from './config';
import { differences, type Aspect } from './differences';
import { part, type Keys, type Part } from './part';

/** The configuration that an experiment was made of, and what that says. */
interface Kept {
  readonly text: string;
  /** The class, as the file names it. */
  readonly name: string;
  readonly keys: Keys;
  readonly said: Experiment;
  readonly sequenceLength: number | undefined;
  readonly takes: (key: string) => boolean;
}

/** The experiment that a configuration makes. An InputError where it is none. */
const read = (text: string, sequenceLength?: number): Experiment =>
  importFile({ name: '', text, bytes: new Uint8Array() }, { as: diffusers.id, sequenceLength }).experiment;

/** The value, or undefined where it is refused. */
function allowed<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function keptOf({ imported }: Experiment): Kept | undefined {
  if (imported?.format !== diffusers.id) return undefined;
  const { text, sequenceLength } = imported;
  return allowed(() => {
    const said = read(text, sequenceLength);
    const keys = readPythonJson(text) as Keys;
    const { name, defaults } = configClass(keys)!;
    return {
      text,
      name: (keys._class_name as string | undefined) ?? name,
      keys,
      said,
      sequenceLength,
      takes: (key) => Object.hasOwn(defaults, key),
    };
  });
}

const without = (keys: Keys, left: readonly string[]): Keys =>
  Object.fromEntries(Object.entries(keys).filter(([key]) => !left.includes(key)));

/** What of an experiment no configuration holds, or this one does not, where it says something else. */
const beside = (experiment: Experiment, left: readonly Aspect[]): string[] => [
  ...(left.includes('dynamics') ? [`the dynamics ${experiment.dynamics.id}: the class has its own`] : []),
  ...(experiment.schedules.length > 1 ? ['all schedules but the first'] : []),
];

/** What would put the shift of a flow aside. The betas of its class have no effect anyway. */
const DYNAMIC = ['use_dynamic_shifting'];

/** The prediction type of a table that was a flow's; a flow's would contradict it. */
function predicted(keys: Keys, written: Keys, takes: Kept['takes']): Keys {
  const table = 'beta_schedule' in written || 'trained_betas' in written;
  return table && takes('flow_shift') && keys.prediction_type === 'flow_prediction'
    ? { prediction_type: 'sample' }
    : {};
}

/**
 * What has changed, in the class's own keys; the other keys stay, and those of a grid or method that the class cannot
 * say. Undefined where it has no keys for the schedule.
 */
function inClass(experiment: Experiment, { keys, takes, sequenceLength }: Kept, changed: readonly Aspect[]) {
  const groups = aspectKeys(takes);
  const parts = changed.map((aspect) => ({ aspect, written: allowed(() => keysFor(aspect, experiment, takes)) }));
  if (parts.some(({ aspect, written }) => aspect === 'schedule' && !written)) return undefined;
  const said = parts.flatMap(({ aspect, written }) => (written ? [{ aspect, ...written }] : []));
  const written = Object.assign({}, ...said.map((one) => one.keys)) as Keys;
  const flow = 'shift' in written || 'flow_shift' in written;
  const gone = said.flatMap(({ aspect }) => (aspect === 'schedule' && flow ? DYNAMIC : groups[aspect]));
  const rest = without(keys, gone.filter((key) => !(key in written))); // prettier-ignore
  const plain = 'num_train_timesteps' in written ? without(rest, ['timesteps']) : rest;
  const all = { ...plain, ...predicted(keys, written, takes), ...written };
  const length = changed.includes('schedule') ? undefined : sequenceLength;
  const found = allowed(() => read(pythonJsonText(all), length));
  return found && { keys: all, said: found, lost: said.flatMap(({ lost }) => lost) };
}

/** The configuration of another class, with what of the keys changes nothing in it. */
function inOtherClass({ keys, takes, name }: Kept, fresh: Part): Part {
  const groups = Object.values(aspectKeys(takes)).flat();
  const own = keys.prediction_type === 'flow_prediction' || !('prediction_type' in fresh.keys) ? [] : ['prediction_type']; // prettier-ignore
  const rest = without(keys, [...groups, ...Object.keys(fresh.keys).filter((key) => !own.includes(key)), 'timesteps']);
  const plain = fresh.keys.prediction_type === undefined ? without(rest, ['prediction_type']) : rest;
  const all = { ...fresh.keys, ...plain, _class_name: fresh.keys._class_name };
  const said = allowed(() => read(pythonJsonText(all)));
  const harmless = said && !differences(said, read(pythonJsonText(fresh.keys))).length;
  return part(
    harmless ? all : fresh.keys,
    `the class ${name}: what has changed is written for ${String(fresh.keys._class_name)}`,
    ...(harmless ? [] : ['the other keys of the file: they mean something else there']),
    ...fresh.lost,
  );
}

/**
 * The configuration that an experiment was imported from, with what has changed since: word for word where nothing has,
 * in its own class where that has keys for it, else in the class of a new configuration. Undefined where the experiment
 * was made of none.
 */
export function writtenBack(experiment: Experiment): (Part & { readonly text?: string }) | undefined {
  const kept = keptOf(experiment);
  if (!kept) return undefined;
  const now = differences(kept.said, experiment);
  const changed = now.filter((aspect) => aspect !== 'dynamics');
  if (!changed.length) return { keys: kept.keys, text: kept.text, lost: beside(experiment, now) };
  const own = inClass(experiment, kept, changed);
  const left = own && differences(own.said, experiment);
  const ownWins = (fresh: Part | undefined): boolean => {
    const other = fresh && differences(read(pythonJsonText(fresh.keys)), experiment);
    return left!.every((aspect) => (other ? other.includes(aspect) : aspect !== 'schedule'));
  };
  if (!own || !ownWins(allowed(() => freshConfig(experiment)))) return inOtherClass(kept, freshConfig(experiment));
  const { name } = kept;
  const { grid, integrator } = experiment;
  return part(
    own.keys,
    ...own.lost,
    ...(left!.includes('grid') ? [`the step grid ${gridLabel(grid)}: ${name} takes ${gridLabel(own.said.grid)}`] : []),
    ...(left!.includes('method') ? [`the integrator ${integrator.id}: ${name} takes ${own.said.integrator.id}`] : []),
    ...beside(experiment, left!),
  );
}
