import type { Experiment } from '../experiment/experiment';
import type { RunRecord } from '../runs/record';

/** A tensor of a trained model, row-major; its shape multiplies out to the number of values. */
export interface ExportedTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A trained model as formats write it. */
export interface TrainedModel {
  readonly record: RunRecord;
  /** The metadata of its file of weights: the key `prediction` says, as JSON, how a prediction follows. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: Readonly<Record<string, ExportedTensor>>;
}

/** What is exported: an experiment, and the model that was trained by it, where there is one. */
export interface ExportSource {
  /** Of a trained model, the experiment that was trained, with the schedule that it learned. */
  readonly experiment: Experiment;
  readonly trained?: TrainedModel;
}

export type FileContent = string | Uint8Array;

/** A file that stands beside the chosen one, in the same folder. */
export interface ExportedFile {
  readonly name: string;
  readonly content: FileContent;
}

/** A format in which an experiment or a trained model can be written: one file and one row of the registry. */
export interface ExportFormat {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** File extension, without the dot. */
  readonly extension: string;
  /** Whether an experiment suffices, or a trained model is needed. */
  readonly needs: 'experiment' | 'run';
  /** Whether a format for which an experiment suffices holds more where there is a trained model. */
  readonly takesRun?: boolean;
  /** The content of a file of this name. An InputError says what cannot be written. */
  readonly write: (source: ExportSource, name: string) => FileContent;
  /** What else is written, beside the file of this name. */
  readonly beside?: (source: ExportSource, name: string) => readonly ExportedFile[];
  /** What of the source the format does not hold, in words, where that is not plain from the format itself. */
  readonly lost?: (source: ExportSource) => readonly string[];
}

/** Whether a format is written of the weights of a run, where there is a run. */
export const readsWeights = ({ needs, takesRun }: ExportFormat): boolean => needs === 'run' || takesRun === true;

/**
 * The name that a file is offered for something of this name. One in Python is a name that Python can import.
 */
export function offeredName({ extension }: ExportFormat, name: string): string {
  if (extension !== 'py') return `${name}.${extension}`;
  const words = name.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
  return `${/^[A-Za-z]/.test(words) ? words : `noprop_${words}`}.py`;
}

/** The name of a file beside another: that name with another ending. */
export const besideName = (name: string, ending: string): string => `${name.replace(/\.[^.]*$/, '')}${ending}`;
