import { fileKeys } from '../datasets/entry';
import { isOwnModel } from '../denoisers/entry';
import type { Experiment } from './experiment';

/** A setting that is the path of a file, relative to the experiment's file. */
export interface FileSetting {
  readonly path: readonly string[];
  readonly file: string;
}

/** The files that an experiment names: its data, and its model. */
export const experimentFiles = ({ data, denoiser }: Pick<Experiment, 'data' | 'denoiser'>): FileSetting[] => [
  ...fileKeys(data).map((key) => ({ path: ['data', key], file: (data as Record<string, unknown>)[key] as string })),
  ...(isOwnModel(denoiser) ? [{ path: ['denoiser', 'file'], file: denoiser.file }] : []),
];
