import type { DataRecord, RunRecord } from './record';

/** What a list says of a run's data. The record itself has a number for each feature, which may be thousands. */
export interface DataSummary extends Pick<DataRecord, 'trainRows' | 'testRows' | 'validationRows'> {
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
export type RunSummary = Omit<RunRecord, 'data'> & { readonly data: DataSummary };

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
  const { trainRows, testRows, validationRows = 0, features, classes, targets, mean } = data;
  return {
    ...record,
    data: {
      trainRows,
      testRows,
      ...(validationRows && { validationRows }),
      featureCount: features.length,
      ...(features.length <= 2 && { features }),
      regression: targets !== undefined,
      shape: digest(JSON.stringify([features, classes, testRows, trainRows + validationRows])),
      rows: digest(JSON.stringify(mean)),
    },
  };
}

/** Two FNV-1a hashes of 32 bits in hexadecimal: enough to tell some thousand texts apart. */
export function digest(text: string): string {
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (let k = 0; k < text.length; k++) {
    a = Math.imul(a ^ text.charCodeAt(k), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(k), 0x01000193) + k;
  }
  return [a, b].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
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
