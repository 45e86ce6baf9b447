import { jsonDigest } from '../text/digest';
import type { RunNotes } from './notes';
import type { DataRecord, RunRecord } from './record';
import type { RunSettings } from './settings';

/** What a list says of a run's data. The record itself has a number for each feature, which may be thousands. */
export interface DataSummary extends Pick<DataRecord, 'trainRows' | 'testRows' | 'validationRows' | 'folder'> {
  /** How many features there are, and how they are called where they are one or two. */
  readonly featureCount: number;
  readonly features?: readonly string[] | undefined;
  /** Whether numbers are predicted, in place of classes. */
  readonly regression: boolean;
  /** Equal where features, classes, test rows and all other rows are. */
  readonly shape: string;
  /** Equal where the means of the features are, so where the train rows are the same. */
  readonly rows: string;
}

/** A run as lists have it: its record with what is needed of its data alone. */
export type RunSummary = Omit<RunRecord, 'data'> & {
  readonly data: DataSummary;
  /** What differs from the defaults; absent while it is not known, or where the experiment cannot be read. */
  readonly settings?: RunSettings | undefined;
  /** What a person says of it. */
  readonly notes?: RunNotes | undefined;
};

/** A run with something wrong in its folder. Its record is in the list too, where that can be read. */
export interface DamagedRun {
  /** The folder's name. */
  readonly id: string;
  /** Its experiment's name as far as it is known, else the folder's. */
  readonly name: string;
  /** What is wrong, for the user. */
  readonly problem: string;
  /** Whether what is wrong can be made again of its other files. */
  readonly canMend: boolean;
}

/** The runs in a folder, or what has changed among them since a list before. */
export interface RunList {
  /** What to ask with for later changes. */
  readonly revision: string;
  /** Whether these are all runs: what was known before is not to be kept. */
  readonly whole: boolean;
  /** Those that are new or changed. */
  readonly rows: readonly RunSummary[];
  /** The ids of those that are gone, or whose record cannot be read any more. */
  readonly gone: readonly string[];
  /** All that are damaged. */
  readonly damaged: readonly DamagedRun[];
}

/** A record as lists have it. */
export function summaryOf({ data, ...record }: RunRecord): RunSummary {
  const { trainRows, testRows, validationRows = 0, features, classes, targets, mean, folder } = data;
  return {
    ...record,
    data: {
      trainRows,
      testRows,
      folder,
      ...(validationRows && { validationRows }),
      featureCount: features.length,
      ...(features.length <= 2 && { features }),
      regression: targets !== undefined,
      shape: jsonDigest([features, classes, testRows, trainRows + validationRows]),
      rows: jsonDigest(mean),
    },
  };
}

/** Newest first. */
export const byAge = (a: Pick<RunRecord, 'started' | 'id'>, b: Pick<RunRecord, 'started' | 'id'>): number => {
  const [one, other] = a.started === b.started ? [a.id, b.id] : [a.started, b.started];
  if (one === other) return 0;
  return one < other ? 1 : -1;
};

/** The rows of a list after a change of it, newest first. */
export function changedRows(
  before: readonly RunSummary[],
  { whole, rows, gone }: Pick<RunList, 'whole' | 'rows' | 'gone'>,
): readonly RunSummary[] {
  if (!whole && !rows.length && !gone.length) return before;
  const left = new Set([...gone, ...rows.map(({ id }) => id)]);
  return [...(whole ? [] : before.filter(({ id }) => !left.has(id))), ...rows].sort(byAge);
}
