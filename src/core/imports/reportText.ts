import { lineText } from '../text/plainText';
import type { Experiment } from '../experiment/experiment';
import { gridLabel } from '../grids/entry';
import { entryLabel } from '../schedules/entry';
import type { ImportNote, ImportReport } from './import';

/** What an import made, line by line: the schedules, the dynamics, the method and its steps. */
export const madeText = ({ schedules, dynamics, integrator, grid }: Experiment): string =>
  [
    ...schedules.map((entry) => `schedule: ${entryLabel(entry)}`),
    `dynamics: ${dynamics.id}${dynamics.noise ? ', with its noise' : ''}`,
    `integrator: ${integrator.id}, ${integrator.steps} steps`,
    `grid: ${gridLabel(grid)}`,
  ].join('\n');

const lines = (title: string, notes: readonly ImportNote[]): string[] =>
  notes.length
    ? [
        `${title}:`,
        ...notes.map(({ key, value, note }) => `  ${lineText(key)} = ${lineText(value)}: ${lineText(note)}`),
        '',
      ]
    : [];

/** A report as text: what was used, what was not, what is assumed. Warnings are left out: they are said elsewhere. */
export const reportText = ({ used, unused, assumed }: ImportReport): string =>
  [...lines('Used', used), ...lines('Not used', unused), ...lines('Assumed', assumed)].join('\n').trimEnd() + '\n';
