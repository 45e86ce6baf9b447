import path from 'node:path';
import { stat } from 'node:fs/promises';
import { InputError } from '../../core/registry/problem';
import { comparedTable, compareRuns, groupedTable, MOST_COMPARED, FEWEST_COMPARED, type ComparedRuns } from '../../core/runs/comparedRuns'; // prettier-ignore
import type { RunSummary } from '../../core/runs/runList';
import { toJson } from '../../core/text/json';
import { tableFormat, tableFormats } from '../../core/text/tables';
import { parseSeveral } from '../arguments';
import type { Terminal } from '../terminal';
import { comparedJson, comparedText } from './comparedText';
import { damageText, idInFolder, readRuns, readStoredRun } from './storedRuns';

const FORMATS = tableFormats.map(({ id }) => id).join('|');

export const COMPARE = `runs compare RUN RUN … | DIR [--runs ID,ID,…] [--json|--table ${FORMATS} [--over-seeds]]`;

/** `noprop runs compare`: 2 to 50 runs by the settings in which they differ, with their scores over seeds. */
export async function compareStoredRuns(args: string[], terminal: Terminal): Promise<void> {
  const { positionals, values } = parseSeveral(
    args,
    {
      runs: { type: 'string' },
      json: { type: 'boolean' },
      table: { type: 'string' },
      'over-seeds': { type: 'boolean' },
    },
    COMPARE,
    MOST_COMPARED,
  );
  if (!positionals.length) throw new InputError(`name runs, or a folder of them\nUsage: noprop ${COMPARE}`);
  if (values.json && values.table !== undefined) throw new InputError('--json and --table exclude each other');
  if (values['over-seeds'] && values.table === undefined) throw new InputError('--over-seeds needs --table');
  const format = values.table === undefined ? undefined : tableFormat(values.table);
  const chosen = await chooseRuns(positionals, values.runs, terminal);
  const compared = compareRuns(chosen.map(({ run }) => run));
  const folders = chosen.map(({ folder }) => folder);
  if (values.json) return terminal.print(toJson(comparedJson(compared, folders)));
  terminal.print(format ? format.write(tableOf(compared, values['over-seeds'])) : comparedText(compared));
}

const tableOf = (compared: ComparedRuns, overSeeds: boolean | undefined) =>
  overSeeds ? groupedTable(compared) : comparedTable(compared);

interface ChosenRun {
  readonly run: RunSummary;
  readonly folder: string;
}

const holdsRun = (folder: string) =>
  stat(path.join(folder, 'run.json')).then(
    () => true,
    () => false,
  );

/** The runs that are named, or those of one folder. */
async function chooseRuns(
  named: readonly string[],
  ids: string | undefined,
  terminal: Terminal,
): Promise<readonly ChosenRun[]> {
  const [dir] = named as [string];
  if (named.length === 1 && !(await holdsRun(dir))) return runsOfFolder(dir, ids, terminal);
  if (ids !== undefined) throw new InputError('--runs needs one folder of runs before it');
  if (named.length < FEWEST_COMPARED) throw new InputError(`${dir} is one run: name another to compare it with`);
  const folders = [...new Set(named.map((run) => path.resolve(run)))];
  if (folders.length < named.length) throw new InputError('a run is named twice');
  const found: ChosenRun[] = [];
  for (const [k, folder] of folders.entries()) found.push({ folder, run: await readWhole(named[k]!) });
  return found;
}

/** A run whose settings are known; an InputError where they are not. */
async function readWhole(run: string): Promise<RunSummary> {
  const { summary, damaged } = await readStoredRun(run);
  if (summary.settings) return summary;
  throw new InputError(`${run} is damaged: ${damaged ? damageText(damaged) : 'its settings cannot be read'}`);
}

async function runsOfFolder(dir: string, ids: string | undefined, terminal: Terminal): Promise<readonly ChosenRun[]> {
  const { rows, damaged } = await readRuns(dir);
  const at = (run: RunSummary): ChosenRun => ({ run, folder: path.resolve(dir, run.id) });
  if (ids !== undefined) {
    const wanted = [...new Set(ids.split(',').map((id) => idInFolder(dir, id.trim())))];
    const byId = new Map(rows.map((run) => [run.id, run]));
    return wanted.map((id) => {
      const run = byId.get(id);
      if (run?.settings) return at(run);
      const bad = damaged.find((one) => one.id === id);
      throw new InputError(bad ? `${id} is damaged: ${damageText(bad)}` : `there is no run ${id} in ${dir}`);
    });
  }
  const whole = rows.filter(({ settings }) => settings);
  if (whole.length < FEWEST_COMPARED || whole.length > MOST_COMPARED)
    throw new InputError(
      `${dir} holds ${whole.length} ${whole.length === 1 ? 'run' : 'runs'}, and ${FEWEST_COMPARED} to ${MOST_COMPARED} can be compared` +
        (whole.length > MOST_COMPARED ? ': choose some with --runs ID,ID,…' : ''),
    );
  const known = new Set(whole.map(({ id }) => id));
  for (const one of damaged.filter(({ id }) => !known.has(id)))
    terminal.warn(`noprop: ${one.id} is left out: ${damageText(one)}\n`);
  return whole.map(at);
}
