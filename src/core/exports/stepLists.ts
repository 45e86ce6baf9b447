import type { Experiment } from '../experiment/experiment';
import { sigmoid } from '../math/stable';
import { InputError } from '../registry/problem';
import { formatNumber } from '../text/format';
import { entrySchedule } from '../schedules/entry';
import type { ExportFormat, ExportSource } from './export';
import { gridTimes } from './gridTimes';

/** Rows of the table in which timesteps count. */
const ROWS = 1000;

/** The noise levels of an experiment's steps, from the noisiest to that at the end. An InputError where they do not fall. */
function levels(experiment: Experiment, levelOf: (logSnr: number) => number): number[] {
  const { logSnr } = entrySchedule(experiment.schedules[0]!);
  const times = gridTimes(experiment);
  const found = Array.from(times, (t) => levelOf(logSnr(t)));
  if (!Number.isFinite(found[0]))
    throw new InputError(`sigma is infinite at t = ${formatNumber(times[0]!)}: choose a smaller window`);
  const flat = found.findIndex((value, k) => k > 0 && !(value < found[k - 1]!));
  if (flat > 0)
    throw new InputError(
      `sigma does not fall from t = ${formatNumber(times[flat - 1]!)} to t = ${formatNumber(times[flat]!)}: no list of sigmas has such a step`,
    );
  return found;
}

/** What a list of noise levels leaves out. */
const leftOut = ({ experiment: { integrator, dynamics, schedules } }: ExportSource): string[] => [
  ...(integrator.tolerance === undefined
    ? []
    : [`the steps of ${integrator.id}, which it chooses by its tolerance: these are the times of the grid`]),
  `the integrator ${integrator.id} and the dynamics ${dynamics.id}`,
  ...(schedules.length > 1 ? ['all schedules but the first'] : []),
];

const text = (values: readonly number[]) => `${values.join(', ')}\n`;

/** Noise over signal at every step: sigma = exp(-gamma/2). */
export const sigmas: ExportFormat = {
  id: 'sigmas',
  title: 'Sigmas',
  summary:
    'Noise over signal where steps begin and end, noisiest first: k-diffusion, ComfyUI (ManualSigmas), sigmas= of diffusers',
  extension: 'txt',
  needs: 'experiment',
  write: ({ experiment }) => text(levels(experiment, (logSnr) => Math.exp(-logSnr / 2))),
  lost: leftOut,
};

/** The share of noise at every step: sigma of (1 - sigma) data + sigma noise. */
export const flowSigmas: ExportFormat = {
  id: 'flow-sigmas',
  title: 'Sigmas of a flow',
  summary:
    'The share of noise where steps begin and end, from 1 to 0, shift included: flow-matching models in ComfyUI and diffusers',
  extension: 'txt',
  needs: 'experiment',
  write: ({ experiment }) => text(levels(experiment, (logSnr) => sigmoid(-logSnr / 2))),
  lost: leftOut,
};

/** Rows of a table of 1000 at which steps begin, not yet whole. */
const rowsOf = (experiment: Experiment): number[] =>
  Array.from(gridTimes(experiment).slice(0, -1), (t) => Math.min(Math.max(ROWS * (1 - t) - 1, 0), ROWS - 1));

export const timesteps: ExportFormat = {
  id: 'timesteps',
  title: 'Timesteps',
  summary: `The rows of a table of ${ROWS} at which steps begin, as JSON: timesteps= of diffusers`,
  extension: 'json',
  needs: 'experiment',
  write({ experiment }) {
    const rows = rowsOf(experiment).map(Math.round);
    const same = rows.findIndex((row, k) => k > 0 && row >= rows[k - 1]!);
    if (same > 0)
      throw new InputError(
        `steps ${same} and ${same + 1} both begin at row ${rows[same]} of ${ROWS}: choose fewer steps or another grid`,
      );
    return `${JSON.stringify(rows)}\n`;
  },
  lost({ experiment }) {
    const between = rowsOf(experiment).filter((row) => Math.abs(row - Math.round(row)) > 1e-6).length;
    const rounded = between ? [`the places of ${between} steps between two rows: they are rounded`] : [];
    return [...rounded, 'the schedule', ...leftOut({ experiment })];
  },
};
