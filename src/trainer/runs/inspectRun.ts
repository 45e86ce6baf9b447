import fs from 'node:fs/promises';
import path from 'node:path';
import { parseExperiment } from '../../core/experiment/document';
import { messageOf } from '../../core/registry/problem';
import { runIdProblem } from '../../core/runs/ids';
import { parseObject } from '../../core/runs/parseRecord';
import type { RunRecord } from '../../core/runs/record';
import type { DamagedRun } from '../../core/runs/runList';
import { changedSettings, type RunSettings } from '../../core/runs/settings';
import { readRegularText } from '../files/regularFile';
import { systemErrorText } from '../../core/registry/systemErrors';
import { followCommit } from './followCommit';
import { readCommitRecord } from './runCommit';
import { CHECKPOINTS, runFile } from './runFiles';
import { livingWriter } from './runLock';
import { checkTensorsFile } from './tensorsFileCheck';

/** The files whose state says whether a run is whole, in the order in which they are looked at. */
export const RUN_FILES = [runFile.record, runFile.experiment, runFile.weights, runFile.state] as const;

/** What was found in a run's folder: its record as it stands there (a run that is no more may say "running"), what is damaged, or both. Neither: it is no run. */
export interface InspectedRun {
  readonly record?: RunRecord | undefined;
  readonly damaged?: DamagedRun | undefined;
  /** What of its experiment differs from the defaults, where that can be read. */
  readonly settings?: RunSettings | undefined;
}

/** What a run has from its first save on. A folder without any is that of a training that has not come so far, or died before. */
const SAVED = [runFile.record, runFile.weights, runFile.state] as const;

/** What is wrong with an experiment, else its settings. */
interface KnownExperiment {
  readonly problem?: string;
  readonly settings?: RunSettings;
}

/** What is known of each experiment that was read so far, by its text: runs of several seeds share most of theirs. */
export type KnownExperiments = Map<string, KnownExperiment>;

/** The most bytes of an experiment, and of a header of safetensors that is looked at. */
const EXPERIMENT_BYTES = 2 ** 26;

/** The states in which a run has weights that answer. */
const ANSWERS: readonly string[] = ['done', 'stopped', 'diverged'];

/** The states from which a run goes on, for which it needs its state file. */
const GOES_ON: readonly string[] = ['stopped', 'interrupted', 'running'];

/**
 * Looks at the files of a run, each as far as is needed to say whether it is whole. `there` are those of RUN_FILES that
 * the folder has. Never rejects.
 */
export async function inspectRun(
  run: string,
  there: ReadonlySet<string>,
  known: KnownExperiments = new Map(),
): Promise<InspectedRun> {
  if (!SAVED.some((name) => there.has(name)) && !(await hasCheckpoints(run))) return {};
  const id = path.basename(run);
  const problems: string[] = [];
  const attempt = async <T>(work: Promise<T>): Promise<T | undefined> => {
    try {
      return await work;
    } catch (error) {
      problems.push(messageOf(error));
      return undefined;
    }
  };
  const record = await attempt(followCommit(run).then((files) => files.record));
  const unread = problems.length > 0;
  const settings = await attempt(readSettings(run, known));
  const experiment = problems.length === Number(unread);
  const state = there.has('state.safetensors');
  const whole = (name: string) => attempt(checkTensorsFile(path.join(run, name), name));
  const stateWhole = state && (!record || GOES_ON.includes(record.state)) ? await whole('state.safetensors') : state;
  const weights = there.has('weights.safetensors') ? await whole('weights.safetensors') : !needsWeights(record);
  if (record && !weights && !there.has('weights.safetensors')) problems.push('weights.safetensors is missing');
  const idProblem = runIdProblem(id);
  if (idProblem !== undefined) problems.unshift(`its folder cannot be opened here: ${idProblem}; rename it`);
  if (!problems.length) return { record, settings };
  if (unread && !there.has(runFile.record) && (await livingWriter(run))) return {}; // it is just being made
  const commit = stateWhole === true && (await readCommitRecord(run).catch(() => undefined)) !== undefined;
  const suffices = commit ? true : unread && weights === true;
  const canMend = idProblem === undefined && experiment && suffices;
  const name = record?.name ?? (await nameOf(run)) ?? id;
  const damaged = { id, name, problem: problems.join('; '), canMend };
  return idProblem === undefined ? { record, damaged, settings } : { damaged };
}

/** Whether a folder holds weights of some step. */
const hasCheckpoints = (run: string) =>
  fs.readdir(path.join(run, CHECKPOINTS)).then(
    (names) => names.length > 0,
    () => false,
  );

const needsWeights = (record: RunRecord | undefined) => !!record && record.step > 0 && ANSWERS.includes(record.state);

/** The settings of a run. Rejects where experiment.json cannot be read or is no experiment of this version or an older one. */
async function readSettings(run: string, known: KnownExperiments): Promise<RunSettings> {
  const name = 'experiment.json';
  const text = await readRegularText(path.join(run, name), { what: name, most: EXPERIMENT_BYTES });
  // the seed is what the runs of one experiment differ in
  const key = text.replace(/("seed": )\d+/, '$1');
  let found = known.get(key);
  if (!found) {
    const { experiment, problems } = parseExperiment(text);
    found = experiment
      ? { settings: changedSettings(experiment) }
      : { problem: `${name}, line ${problems[0]!.line}: ${problems[0]!.message}` };
    known.set(key, found);
  }
  if (found.problem !== undefined) throw new Error(found.problem);
  return found.settings!;
}

/** The name of a run whose record is damaged, of what is left of its files. */
async function nameOf(run: string): Promise<string | undefined> {
  for (const file of ['run.json', 'experiment.json']) {
    const text = await readRegularText(path.join(run, file), { most: EXPERIMENT_BYTES }).catch(() => '');
    try {
      const { name } = parseObject(text, file);
      if (typeof name === 'string' && name) return name;
    } catch {
      const [, name] = /^\s*"name": ("(?:[^"\\]|\\.)*")/m.exec(text) ?? [];
      if (name !== undefined) return JSON.parse(name) as string;
    }
  }
  return undefined;
}

/** Why a folder of runs has an entry that cannot be looked at. */
export const unreadableRun = (id: string, error: unknown): DamagedRun => ({
  id,
  name: id,
  problem: `its folder cannot be read: ${systemErrorText(error)}`,
  canMend: false,
});

/** Whether a folder is there at all: its own error where it cannot be looked into. */
export const folderError = (run: string): Promise<unknown> =>
  fs.readdir(run).then(
    () => undefined,
    (error: unknown) => error,
  );
