import { namedScores, testScore } from '../runs/metrics';
import { models } from '../models';
import { entryLabel } from '../schedules/entry';
import { formatNumber } from '../text/format';
import type { ReportContent, ReportedRun } from './reportContent';
import { chosenSettings, differingSettings } from './settingList';

/** A table of a report. */
export interface ReportTable {
  readonly title: string;
  /** What it is, in one sentence. */
  readonly about: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const minutes = (seconds: number) =>
  seconds < 90 ? `${formatNumber(seconds, 3)} s` : `${formatNumber(seconds / 60, 3)} min`;

/** A run's letter: (a), (b), … as in a figure. */
export const runLetter = (k: number): string => String.fromCharCode(97 + (k % 26)).repeat(1 + Math.floor(k / 26));

const scoreText = ({ summary }: ReportedRun) => {
  const score = testScore(summary);
  return score ? `${score.name} ${score.value.toFixed(4)}` : 'not measured';
};

function runTable({ runs }: ReportContent): ReportTable {
  const differing = differingSettings(runs.map(({ experiment }) => experiment)).filter(
    ({ path }) => !['seed', 'model.id'].includes(path),
  );
  return {
    title: 'Runs',
    about: differing.length
      ? 'With the settings in which they differ.'
      : 'They differ in nothing but the seed and when they were trained.',
    head: [
      'run',
      'name',
      'model',
      ...differing.map(({ title }) => title),
      'seed',
      'test score',
      'steps',
      'time',
      'state',
    ],
    rows: runs.map((run, k) => {
      const { name, model, seed, step, steps, seconds, state } = run.summary;
      const steppedText = step === steps ? String(steps) : `${step} of ${steps}`;
      return [`(${runLetter(k)})`, name, models.find(({ id }) => id === model)!.title, ...differing.map(({ values }) => values[k]!), String(seed), scoreText(run), steppedText, minutes(seconds), state]; // prettier-ignore
    }),
  };
}

function scoreTable({ runs }: ReportContent): ReportTable {
  const names = [...new Set(runs.flatMap(({ summary }) => namedScores(summary).map(([name]) => name)))];
  const rows = runs.map(({ summary, evaluation, stepCurve }, k) => {
    const scores = new Map(namedScores(summary).map(([name, value]) => [name, value]));
    const values = names.map((name) => scores.get(name)?.toFixed(4) ?? '');
    const rowCount = evaluation ? String(evaluation.rows) : '';
    const evaluations = evaluation?.effort?.evaluations ?? (stepCurve ? '' : 1);
    return [`(${runLetter(k)})`, ...values, rowCount, String(evaluations), String(summary.parameters)];
  });
  return {
    title: 'Scores',
    about: 'Test rows were never trained on. Evaluations are calls of u that one prediction takes.',
    head: ['run', ...names, 'test rows', 'evaluations', 'parameters'],
    rows,
  };
}

function settingTable({ experiment }: ReportContent): ReportTable {
  const rows = chosenSettings(experiment).map(({ path, title, value }) => [title, value, path]);
  return {
    title: 'Settings',
    about: 'Those that were chosen. All others have their defaults, which the saved experiment spells out.',
    head: ['setting', 'value', 'in the document'],
    rows,
  };
}

function comparisonTable({ comparisons }: ReportContent): ReportTable {
  return {
    title: 'Comparisons of integrators',
    about: 'The charts and rows are on the tab Integrators.',
    head: ['made', 'on', 'verdict'],
    rows: comparisons.map(({ made, picture }) => [dateText(made), picture.problem, picture.verdict]),
  };
}

function originTable(content: ReportContent): ReportTable {
  const { experiment, runs, lab, made } = content;
  const versions = (name: string) => [...new Set(runs.map(({ summary }) => summary.versions[name]).filter(Boolean))];
  const names = [...new Set(runs.flatMap(({ summary }) => Object.keys(summary.versions)))];
  const trained = names.map((name) => [`trained with ${name}`, versions(name).join(', ')]);
  const kernels = [...new Set(runs.map(({ summary }) => summary.kernels).filter(Boolean))];
  return {
    title: 'Where it comes from',
    about: 'What is needed to make it again.',
    head: ['what', 'value'],
    rows: [
      ['experiment', content.file],
      ['schedules', experiment.schedules.map(entryLabel).join('; ')],
      ['seed', String(experiment.seed)],
      ['report made', `${dateText(made)} by NoProp Lab ${lab}`],
      ...trained,
      ...(kernels.length ? [['kernels', kernels.join(', ')]] : []),
      ...runs.map(({ summary }, k) => [`run (${runLetter(k)})`, `${summary.id}, begun ${dateText(summary.started)}`]),
    ],
  };
}

/** A moment in words that are the same everywhere: day and minute, UTC. */
export const dateText = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

/** The tables of a report; those without rows are left out. */
export const reportTables = (content: ReportContent): readonly ReportTable[] =>
  [
    ...(content.runs.length ? [runTable(content), scoreTable(content)] : []),
    comparisonTable(content),
    settingTable(content),
    originTable(content),
  ].filter(({ rows }) => rows.length);
