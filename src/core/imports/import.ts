import type { FinalId } from '../integrators';
import type { DynamicsEntry } from '../dynamics/entry';
import type { ImportedFrom } from '../experiment/fields/imported';
import type { GridEntry } from '../grids/entry';
import type { ScheduleEntry } from '../schedules/entrySchema';

/** A file that is imported, read by a room that can. */
export interface ImportFile {
  /** Without folders. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Its text without a byte order mark; absent where it is none. */
  readonly text?: string | undefined;
  /** The metadata of a file of safetensors. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

/** What the person adds to a file. */
export interface ImportOptions {
  /** Tokens of the picture, on which a dynamic shift depends. */
  readonly sequenceLength?: number | undefined;
}

/** A key of a file with its value as text, and what it means for the import. */
export interface ImportNote {
  readonly key: string;
  readonly value: string;
  readonly note: string;
}

/** What an import made of a file: every key of it is used or unused. */
export interface ImportReport {
  readonly used: readonly ImportNote[];
  readonly unused: readonly ImportNote[];
  /** What the file does not say, and what is taken for it. */
  readonly assumed: readonly ImportNote[];
  readonly warnings: readonly string[];
}

/** What a file describes. What it does not describe is absent. */
export interface Described {
  readonly name: string;
  readonly schedule?: Omit<ScheduleEntry, 'label'>;
  /** Another curve that the file describes, with its name: it is drawn beside the schedule. */
  readonly beside?: ScheduleEntry;
  readonly grid?: Pick<GridEntry, 'id'> & Partial<GridEntry>;
  /** The method, and whether it draws noise. */
  readonly integrator?: { readonly id: string; readonly noise: boolean; readonly final?: FinalId };
  /** Steps that the file itself has. */
  readonly steps?: number;
  /** The file itself, where an export can write it back. */
  readonly imported?: ImportedFrom;
  /** An experiment that the file holds whole, in place of all these. */
  readonly experiment?: unknown;
}

/** A format that is read as an experiment: one file and one row of the registry. */
export interface ImportFormat {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Whether a file is of this format. Of several formats that say so the first in the registry counts. */
  recognises(file: ImportFile): boolean;
  /** What the file describes. An InputError says what is wrong with it, or that it is not covered, by name. */
  read(file: ImportFile, options: ImportOptions): Described & { readonly report: ImportReport };
}

/** The dynamics for a method: the SDE partner where it draws noise. */
export const dynamicsFor = (noise: boolean): Pick<DynamicsEntry, 'id' | 'noise'> =>
  noise ? { id: 'noprop-forward', noise } : { id: 'probability-flow', noise };
