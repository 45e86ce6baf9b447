import { parseExperiment } from '../experiment/document';
import { newExperiment, type Experiment } from '../experiment/experiment';
import { rowOf } from '../registry/parameters';
import { InputError } from '../registry/problem';
import { diffusers } from './diffusers';
import { dynamicsFor, type Described, type ImportFile, type ImportFormat, type ImportOptions, type ImportReport } from './import'; // prettier-ignore
import { jsonOf, objectOf, refuseConflict } from './jsonFile';
import { kDiffusion } from './kDiffusion';
import { anyList, listFormats } from './lists';
import { runWeights } from './runWeights';

/** Every format, in the order in which a file is tried. A new one is a file beside this and a row here. */
export const importFormats: readonly ImportFormat[] = [diffusers, kDiffusion, runWeights, anyList, ...listFormats];

/** How a file is imported: as a format by its id, or as the one that is recognised. */
export interface ImportChoice extends ImportOptions {
  readonly as?: string | undefined;
}

/** What came of a file. */
export interface Imported extends ImportReport {
  /** The format's id. */
  readonly format: string;
  readonly experiment: Experiment;
  /** Whether the file itself describes the schedule. */
  readonly hasSchedule: boolean;
}

/** Whether a value of a configuration is a list of numbers. */
const isNumbers = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'number');

/** The format of a file. An InputError where none is recognised: it says what the file is. */
function formatOf(file: ImportFile): ImportFormat {
  if (file.text !== undefined) refuseConflict(file.text);
  const values = objectOf(file);
  if (values && 'schedules' in values) throw new InputError(`${file.name} is an experiment: open it as it is`);
  const found = importFormats.find((format) => format.recognises(file));
  const isList = found === anyList && values !== undefined && !Object.values(values).some(isNumbers);
  if (found && !isList) return found;
  if (file.text?.trimStart().startsWith('{')) jsonOf(file.text); // says where it is no JSON
  throw new InputError(
    `${file.name} describes no noise schedule that is known here: ${values ? `its keys are ${Object.keys(values).slice(0, 12).join(', ') || 'none'}` : 'it is neither a configuration nor a list of numbers'}`,
  );
}

/**
 * The experiment that a file describes, and what of the file was used. An InputError says what is wrong with the file,
 * or what of it is not covered, by name: an import never gives a schedule that the file does not describe.
 */
export function importFile(file: ImportFile, { as, ...options }: ImportChoice = {}): Imported {
  const format = as === undefined ? formatOf(file) : rowOf('format', importFormats, as);
  const { report, ...described } = format.read(file, options);
  const { experiment, problems } = parseExperiment(JSON.stringify(described.experiment ?? experimentOf(described)));
  if (!experiment) throw new InputError(problems.map(({ message }) => message).join('\n'));
  return {
    format: format.id,
    experiment,
    hasSchedule: described.schedule !== undefined || described.experiment !== undefined,
    ...report,
  };
}

/** An experiment with what is described; the rest is that of a new one. */
function experimentOf({ name, schedule, beside, grid, integrator, steps, imported }: Described) {
  const fresh = newExperiment(name);
  return {
    ...fresh,
    schedules: schedule ? [schedule, ...(beside ? [beside] : [])] : fresh.schedules,
    ...(integrator && { dynamics: dynamicsFor(integrator.noise) }),
    ...((integrator ?? steps) && {
      integrator: {
        id: integrator?.id ?? 'exponential-1',
        ...(integrator?.final && { final: integrator.final }),
        ...(steps !== undefined && { steps }),
      },
    }),
    ...(grid && { grid }),
    ...(imported && { imported }),
  };
}

/** What the numbers of a list may be. */
export type ListKind = Pick<ImportFormat, 'id' | 'title' | 'summary'>;

/** Everything that the numbers of a list may be. */
export const listKinds: readonly ListKind[] = listFormats.map(({ id, title, summary }) => ({ id, title, summary }));

/** The report of an import as a page shows it. */
export interface ShownImport extends ImportReport {
  /** The file's name. */
  readonly file: string;
  /** The format's title. */
  readonly title: string;
  /** Of a list of numbers: what they were taken for, and what else they may be. */
  readonly kind?: { readonly id: string; readonly choices: readonly ListKind[] } | undefined;
}

/** What the numbers of a list were taken for; undefined of a file that is no list. */
export const listKind = ({ format, assumed }: Imported): string | undefined =>
  format === anyList.id
    ? assumed.find(({ key }) => key === 'kind')?.value
    : listFormats.find(({ id }) => id === format)?.id;

/** The report of an import of the file of this name. */
export function shownImport(imported: Imported, file: string): ShownImport {
  const { used, unused, assumed, warnings, format } = imported;
  const id = listKind(imported);
  return {
    file,
    title: importTitle(format),
    used,
    unused,
    assumed,
    warnings,
    ...(id !== undefined && { kind: { id, choices: listKinds } }),
  };
}

/** The title of a format that is known. */
export const importTitle = (id: string): string => rowOf('format', importFormats, id).title;

export { madeText, reportText } from './reportText';
export type { ImportFile, ImportFormat, ImportNote, ImportReport } from './import';
