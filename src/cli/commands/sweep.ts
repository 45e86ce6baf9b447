import path from 'node:path';
import type { Experiment } from '../../core/experiment/experiment';
import { InputError } from '../../core/registry/problem';
import { summaryOf, type RunSummary } from '../../core/runs/runList';
import { sweepResults } from '../../core/sweeps/results';
import { busyRun, isSettled, sweepState, sweepTask, type SweepState } from '../../core/sweeps/stages';
import { toJson } from '../../core/text/json';
import { RunIndex } from '../../trainer/runs/runIndex';
import { parse } from '../arguments';
import { openExperiment, withWarnings, type ExperimentFile } from '../experimentFile';
import { sweepOptionOf, sweepSettings, type SweepOptions } from '../sweepOptions';
import { sweepJson, sweepText } from '../sweepText';
import { readWorkers, trainRuns } from '../trainRuns';
import type { Terminal } from '../terminal';
import type { CliCommand } from './command';

const USAGE =
  'sweep FILE [--over path.to.field=VALUE,VALUE,… …] [--method M] [--cells N] [--seeds N] [--factor N] [--workers N] ' +
  '[--out DIR] [--set path.to.field=value …] [--json]';

/** `noprop sweep`: trains an experiment with every choice of some settings, each with several seeds. */
export const sweep: CliCommand = {
  name: 'sweep',
  usage: USAGE,
  summary:
    'Trains the experiment with each choice of the settings after --over, or of its own sweep, and compares their test ' +
    'scores over seeds. Values stand apart by commas outside brackets; LOW..HIGH or LOW..HIGH:log is a range to draw from. ' +
    '--method is grid, random, latin-hypercube or successive-halving. Ctrl-C stops and keeps; the same command goes on.',
  async run(args, terminal) {
    const { positional, values } = parse(
      args,
      {
        over: { type: 'string', multiple: true },
        method: { type: 'string' },
        cells: { type: 'string' },
        seeds: { type: 'string' },
        factor: { type: 'string' },
        workers: { type: 'string' },
        out: { type: 'string' },
        set: { type: 'string', multiple: true },
        json: { type: 'boolean' },
      },
      USAGE,
    );
    const workers = readWorkers(values.workers);
    const file = await openSweep(positional, values, values.set ?? [], terminal);
    const { experiment, warnings } = file;
    const runs = path.resolve(values.out ?? 'noprop-runs');
    const known = new Map((await new RunIndex(runs).list()).rows.map((run) => [run.id, run]));
    const state = await trainCells(file, runs, known, workers, terminal);
    const { seeds } = experiment.sweep;
    const results = sweepResults(state, seeds);
    if (values.json) terminal.print(toJson(withWarnings(sweepJson(results, state, runs), warnings)));
    else terminal.print(`${sweepText(results, state, seeds)}Runs: ${runs}\n`);
    const failed = results.cells.flatMap((cell) => cell.runs).find((run) => run.state === 'failed');
    if (failed) throw new Error(`${failed.id}, seed ${failed.seed}: ${failed.message ?? 'the training failed'}`);
  },
};

/** The experiment with its sweep; an InputError at the place of what cannot be swept, before anything is trained. */
async function openSweep(
  positional: string,
  options: SweepOptions,
  set: readonly string[],
  terminal: Terminal,
): Promise<ExperimentFile> {
  const said: string[] = [];
  const optionOf = (at: readonly (string | number)[]) => sweepOptionOf(options, at);
  const settings = [...set, ...sweepSettings(options)];
  const file = await openExperiment(positional, { warn: (text) => void said.push(text) }, { settings, optionOf });
  try {
    sweepState(file.experiment, []);
  } catch (error) {
    if (!(error instanceof InputError) || !error.path) throw error;
    // what the file itself says wrongly was found with its line
    const placed = file.warnings.find((warning) => warning.endsWith(error.message));
    throw new InputError(placed ?? `${optionOf(error.path)}: ${error.message}`);
  }
  said.forEach(terminal.warn);
  return file;
}

/** Trains what a sweep still needs, stage by stage, until it is done or stopped. `known` are the runs that there are. */
async function trainCells(
  { experiment, folder }: { readonly experiment: Experiment; readonly folder: string },
  runs: string,
  known: Map<string, RunSummary>,
  workers: number,
  terminal: Terminal,
): Promise<SweepState> {
  for (;;) {
    const state = sweepState(experiment, [...known.values()]);
    checkFree(state);
    if (!state.open.length) return state;
    const tasks = state.open.map((open) => sweepTask(open, folder, runs));
    const { records } = await trainRuns(tasks, { workers, what: 'trainings' }, terminal);
    for (const record of records) known.set(record.id, summaryOf(record));
    if (records.length < tasks.length || !records.every(isSettled)) return sweepState(experiment, [...known.values()]);
  }
}

/** An InputError where a run of the sweep is in training elsewhere. */
function checkFree(state: SweepState): void {
  const busy = busyRun(state);
  if (busy) throw new InputError(`the run ${busy.id} of this sweep is in training elsewhere: wait for it, or stop it`);
}
