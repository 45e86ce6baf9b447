import path from 'node:path';
import { modelRows, differenceVerdict, type ModelRow, type ModelRun } from '../../core/evaluation';
import type { ModelId } from '../../core/models';
import { testScore } from '../../core/runs/metrics';
import { summaryOf } from '../../core/runs/runList';
import { modelRunOf, modelRuns, modelTasks } from '../../core/runs/modelRuns';
import { parse, toNumber } from '../arguments';
import { openExperiment, withWarnings } from '../experimentFile';
import { toTable } from '../textTable';
import { toJson } from '../../core/text/json';
import { checkEnd, readWorkers, trainRuns } from '../trainRuns';
import type { CliCommand } from './command';

const USAGE = 'compare-models FILE [--seeds N] [--workers N] [--out DIR] [--set path.to.field=value …] [--json]';

/** `noprop compare-models`: every kind of model on an experiment, over seeds, beside backpropagation. */
export const compareModels: CliCommand = {
  name: 'compare-models',
  usage: USAGE,
  summary:
    'Trains CT, DT, FM and backpropagation with each of N seeds, and compares them: accuracy, the paired difference from ' +
    'backpropagation with its 95% interval, parameters, seconds, evaluations and calibration. Keeps the runs in DIR.',
  async run(args, terminal) {
    const { positional, values } = parse(
      args,
      {
        seeds: { type: 'string' },
        workers: { type: 'string' },
        out: { type: 'string' },
        set: { type: 'string', multiple: true },
        json: { type: 'boolean' },
      },
      USAGE,
    );
    const seeds = values.seeds === undefined ? [] : [`training.seeds=${toNumber('--seeds', values.seeds)}`];
    const settings = [...(values.set ?? []), ...seeds];
    const { experiment, folder, warnings } = await openExperiment(positional, terminal, { settings });
    const runs = path.resolve(values.out ?? 'noprop-runs');
    const tasks = modelTasks({ experiment, folder, runs }, new Date().toISOString());
    const { records, trainer } = await trainRuns(
      tasks,
      { workers: readWorkers(values.workers), what: 'trainings' },
      terminal,
    );
    records.forEach((record) => checkEnd(record, true));
    const all = new Map<ModelId, ModelRun[]>();
    for (const [id, group] of modelRuns(records.map(summaryOf)).runs) {
      const measured: ModelRun[] = [];
      for (const record of group)
        measured.push(modelRunOf(record, await trainer.call('assess', [path.join(runs, record.id)])));
      all.set(id, measured);
    }
    const rows = modelRows(all);
    const score = records.map(testScore).find(Boolean)?.name ?? 'score';
    if (values.json) return terminal.print(toJson(withWarnings({ score, rows }, warnings)));
    terminal.print(`${experiment.name}: ${experiment.training.seeds} seeds from ${experiment.seed}\n`);
    terminal.print(toTable([HEAD(score), ...rows.map(cellsOf)], 1));
    const differences = rows.flatMap(({ title, difference }) =>
      difference ? [`${title}: ${differenceVerdict(difference)}\n`] : [],
    );
    terminal.print(`\n${differences.join('')}Runs: ${runs}\n`);
  },
};

const HEAD = (score: string) => [
  'model',
  'seeds',
  `${score}, mean ± standard error`,
  'minus backpropagation [95%]',
  'parameters',
  'training s',
  'evaluations',
  'ECE',
];

const signed = (value: number) => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`;

function cellsOf({
  title,
  runs,
  score,
  difference,
  parameters,
  seconds,
  evaluations,
  calibration,
}: ModelRow): string[] {
  const interval = difference && difference.n > 1 ? ` [${signed(difference.low)}, ${signed(difference.high)}]` : '';
  return [
    title,
    String(runs.length),
    `${score.mean.toFixed(4)}${score.n > 1 ? ` ± ${score.error.toFixed(4)}` : ''}`,
    difference ? `${signed(difference.mean)}${interval}` : '–',
    String(parameters),
    seconds.toFixed(2),
    evaluations === undefined ? '–' : String(evaluations),
    calibration ? calibration.mean.toFixed(3) : '–',
  ];
}
