import { betas } from '../../schedules/betas';
import { newEntry } from '../../schedules/entry';
import type { NumbersInput } from '../../schedules/inputs';
import { logSnrTable, NO_SIGNAL } from '../../schedules/logSnrTable';
import { checkNumbers } from '../../schedules/parseNumbers';
import { InputError } from '../../registry/problem';
import { quoted } from '../../registry/quoted';
import type { Described, ImportFile, ImportFormat, ImportNote, ImportReport } from '../import';
import { BETAS, guess, levels, levelsOf, TIMESTEPS, type Quantity } from './quantities';
import { holdsSeries, seriesOf, type Series } from './series';

/** The most steps that follow from a list: a longer one is a table, not the steps of a run. */
const STEPS = 200;

/** Rows of a table of which timesteps are rows, where nothing says how many there are. */
const ROWS = 1000;

type Read = Described & { readonly report: ImportReport };

/** A list in a file: what was taken, what was left, and what its numbers are. */
interface Chosen {
  readonly series: Series;
  readonly unused: readonly ImportNote[];
}

const noteOf = ({ name, values }: Series, note: string): ImportNote => ({
  key: name.slice(0, 200) || 'the list',
  value: `${values.length} values`,
  note,
});

/** The series of this name among several; the only one; an InputError that lists them where neither is there. */
function choose(all: readonly Series[], names: RegExp | undefined): Chosen {
  const found = all.find(({ name }) => names?.test(name)) ?? (all.length === 1 ? all[0] : undefined);
  if (!found)
    throw new InputError(
      `none of the lists is known by its name: there are ${all.map(({ name }) => quoted(name)).join(', ')}`,
    );
  if (found.wrong)
    throw new InputError(
      `row ${found.wrong.row} of ${quoted(found.name)} must be a number: got ${quoted(found.wrong.cell)}`,
    );
  return {
    series: found,
    unused: all
      .filter((one) => one !== found)
      .slice(0, 1000)
      .map((one) => noteOf(one, 'another list is used')),
  };
}

/** Which of several schedules a table's rows are taken of. */
const scheduleNote = ({ schedule }: Series): ImportNote[] =>
  schedule ? [{ key: 'schedule', value: quoted(schedule.name), note: `the first of the ${schedule.of} in the file` }] : []; // prettier-ignore

const parts = (id: string) => ({ name: id, integrator: { id: 'exponential-1', noise: false } });

const assumedEnd = { key: 'last step', value: 'to the end of the window', note: 'in place of sigma = 0' };

/** A table of noise levels through a list, with a step from each level to the next where they are few. */
function readLevels(file: ImportFile, quantity: Quantity): Read {
  const { series, unused } = choose(seriesOf(file), quantity.names);
  const { logSnrs, noiseFirst, dropped } = levelsOf(series.values, quantity);
  const ended = series.bothEnds === true && !dropped && logSnrs.length > 2;
  const table = (ended ? logSnrs.slice(1) : logSnrs).map((logSnr) => (logSnr === -Infinity ? NO_SIGNAL : logSnr));
  const few = table.length <= STEPS;
  const report: ImportReport = {
    used: [noteOf(series, quantity.summary)],
    unused,
    assumed: [
      { key: 'order', value: noiseFirst ? 'noise first' : 'data first', note: 'by the values' },
      { key: 'time', value: 'even', note: 'row i of N, least noisy first, stands at t = 1 - (i + 1)/N' },
      ...(dropped
        ? [{ key: 'a level without noise', value: 'left out', note: 'it is the data itself, at t = 1' }]
        : []),
      ...(ended ? [{ key: 'the row at the data end', value: 'left out', note: 't runs from 0 to 1, and a table ends one row before the data' }] : []), // prettier-ignore
      ...(few ? [assumedEnd] : []),
      ...scheduleNote(series),
    ],
    warnings: [],
  };
  return {
    ...parts(file.name),
    schedule: { ...newEntry(logSnrTable.id), inputs: { table } },
    grid: { id: 'trailing', params: { rows: table.length } },
    ...(few && { steps: table.length }),
    report,
  };
}

function readBetas(file: ImportFile): Read {
  const { series, unused } = choose(seriesOf(file), BETAS);
  const entry = newEntry(betas.id);
  const inputs = { ...entry.inputs, table: checkNumbers(series.values, betas.inputs!.table as NumbersInput) };
  const [problem] = betas.checkInputs?.(inputs, entry.params) ?? [];
  if (problem) throw new InputError(problem.message);
  const assumed = [
    { key: 'order', value: 'data first', note: 'as in diffusers; the schedule has a switch for the other' },
  ];
  return {
    ...parts(file.name),
    schedule: { ...entry, inputs },
    report: { used: [noteOf(series, 'the noise variance of each row')], unused, assumed, warnings: [] },
  };
}

/** Timesteps say where steps begin, and nothing of the noise: a grid alone. */
function readTimesteps(file: ImportFile): Read {
  const { series, unused } = choose(seriesOf(file), TIMESTEPS);
  const wrong = series.values.findIndex((value) => !(value >= 0 && value <= ROWS));
  if (wrong >= 0)
    throw new InputError(`timestep ${wrong + 1} must be from 0 to ${ROWS}: got ${quoted(series.values[wrong])}`);
  const rows = series.values.every((value) => Number.isInteger(value) && value < ROWS);
  const all = series.values.map((value) => (rows ? 1 - (value + 1) / ROWS : 1 - value / ROWS));
  const times = [...new Set(all)].sort((a, b) => a - b);
  if (!times.length) throw new InputError('there must be at least one timestep: got none');
  const assumed = [
    { key: 'rows', value: String(ROWS), note: 'of the table that the timesteps count in' },
    { key: 'time', value: rows ? '1 - (row + 1)/1000' : '1 - timestep/1000', note: rows ? 'they are rows of a table' : 'they are a share of time, as in flow matching' }, // prettier-ignore
    { key: 'schedule', value: 'that of a new experiment', note: 'timesteps say nothing of the noise' },
  ];
  return {
    ...parts(file.name),
    grid: { id: 'list', params: {}, times },
    report: { used: [noteOf(series, 'where steps begin')], unused, assumed, warnings: [] },
  };
}

interface List {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly names: RegExp;
  readonly read: (file: ImportFile) => Read;
}

const lists: readonly List[] = [
  { id: 'betas', title: 'List of betas', summary: 'the noise variance of each row, least noisy first', names: BETAS, read: readBetas }, // prettier-ignore
  ...levels.map((one) => ({ ...one, read: (file: ImportFile) => readLevels(file, one) })),
  { id: 'timesteps', title: 'List of timesteps', summary: 'where steps begin, as rows of a table of 1000 or as a share of 1000', names: TIMESTEPS, read: readTimesteps }, // prettier-ignore
];

/** A list that is recognised: by the name of one of the file's lists, else by its range. */
function recognise(file: ImportFile): { readonly list: List; readonly why: string } {
  const all = seriesOf(file);
  for (const list of lists) {
    const named = all.find(({ name }) => list.names.test(name));
    // what a flow's file calls sigmas are shares of noise
    if (!named) continue;
    const flow = list.id === 'sigmas' && guess(named.values).id === 'flow-sigmas';
    const found = flow ? lists.find(({ id }) => id === 'flow-sigmas')! : list;
    return { list: found, why: `its name is ${quoted(named.name)}${flow ? ', and it falls from 1' : ''}` };
  }
  const { series } = choose(all, undefined);
  if (series.words)
    throw new InputError(
      `${quoted(series.name)} beside ${series.words.map(quoted).join(', ')} is not known by its name: choose what it is a list of`,
    );
  const { id, why } = guess(series.values);
  return { list: lists.find((list) => list.id === id)!, why };
}

/** A list of numbers of any kind: which one is recognised and told. */
export const anyList: ImportFormat = {
  id: 'list',
  title: 'List of numbers',
  summary:
    'betas, alphas_cumprod, sigmas, log-SNRs or timesteps in text, CSV, JSON, .npy or .npz: which, is recognised',
  recognises: holdsSeries,
  read(file) {
    const { list, why } = recognise(file);
    const found = list.read(file);
    const note = `recognised, for ${why}; another kind can be chosen: ${lists.map(({ id }) => id).join(', ')}`;
    return { ...found, report: { ...found.report, assumed: [{ key: 'kind', value: list.id, note }, ...found.report.assumed] } }; // prettier-ignore
  },
};

/** The lists of each kind, which a person chooses. */
export const listFormats: readonly ImportFormat[] = lists.map(({ id, title, summary, read }) => ({
  id,
  title,
  summary,
  recognises: () => false,
  read,
}));
