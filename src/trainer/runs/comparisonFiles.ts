import fs from 'node:fs/promises';
import path from 'node:path';
import { fromJson, toJson } from '../../core/text/json';
import { ownOf } from '../../core/registry/own';
import { InputError } from '../../core/registry/problem';
import { comparisonProblem } from '../../core/runs/comparisonSchema';
import { checkFormat } from '../../core/runs/parseRecord';
import { checkRunId, COMPARISONS, slugOf } from '../../core/runs/ids';
import type { ComparisonSummary, StoredComparison } from '../../core/runs/storedComparison';
import { readRegularText } from '../files/regularFile';
import { writeNew } from './outputFile';

/** The most bytes of a comparison's file. */
const COMPARISON_BYTES = 2 ** 28;

/** The folder of an experiment's comparisons, relative to the runs. Those of a run are in the run's own folder. */
const placeOf = ({ experiment, run }: Pick<StoredComparison, 'experiment' | 'run'>): string =>
  run === undefined ? path.join(COMPARISONS, slugOf(experiment.name)) : path.join(checkRunId(run), COMPARISONS);

/** Writes a comparison to a file of its own. Returns it with its id. */
export async function storeComparison(
  runs: string,
  comparison: Omit<StoredComparison, 'id'>,
): Promise<StoredComparison> {
  const place = placeOf(comparison);
  await fs.mkdir(path.join(runs, place), { recursive: true });
  const stem = comparison.made.slice(0, 19).replace(/:/g, '-');
  for (let k = 1; ; k++) {
    const name = k > 1 ? `${stem}-${k}.json` : `${stem}.json`;
    const kept = { ...comparison, id: [...place.split(path.sep), name].join('/') };
    // another process may keep one in the same second
    if (await writeNew(path.join(runs, place, name), toJson(kept))) return kept;
  }
}

/** Reads a comparison from its file. An InputError where it is none, is damaged, or was written by a newer version. */
export async function readComparison(file: string): Promise<StoredComparison> {
  const text = await readRegularText(file, { what: `the comparison ${file}`, most: COMPARISON_BYTES });
  const value = jsonOrNothing(text);
  const version = ownOf(value, 'version');
  checkFormat(file, 'comparison', version, 1);
  if (version !== 1 || ownOf(value, 'picture') === undefined) throw new InputError(`${file} is no comparison`);
  const wrong = comparisonProblem(value);
  if (wrong !== undefined) throw new InputError(`${file} is damaged: ${wrong}`);
  return value as StoredComparison;
}

function jsonOrNothing(text: string): unknown {
  try {
    return fromJson(text);
  } catch {
    return undefined;
  }
}

/** The comparisons of the experiment of this name, newest first. Files that cannot be read are left out. */
export async function listComparisons(runs: string, name: string): Promise<ComparisonSummary[]> {
  const names = await fs.readdir(runs).catch(() => []);
  const places = [path.join(COMPARISONS, slugOf(name)), ...names.map((run) => path.join(run, COMPARISONS))];
  const found = await Promise.all(
    places.map(async (place) => {
      const files = await fs.readdir(path.join(runs, place)).catch(() => []);
      const wanted = files.filter((file) => file.endsWith('.json') && !file.startsWith('.'));
      return Promise.all(wanted.map((file) => readComparison(path.join(runs, place, file)).catch(() => undefined)));
    }),
  );
  return found
    .flat()
    .flatMap((one) => (one?.experiment.name === name ? [summaryOf(one)] : []))
    .sort((a, b) => b.made.localeCompare(a.made) || b.id.localeCompare(a.id));
}

const summaryOf = ({ id, made, run, picture }: StoredComparison): ComparisonSummary => ({
  id,
  made,
  run,
  problem: picture.problem,
  verdict: picture.verdict,
});

/** Deletes a comparison's file. An InputError where it is none. */
export async function deleteComparison(file: string): Promise<void> {
  await readComparison(file); // never remove a file that is something else
  await fs.rm(file);
}
