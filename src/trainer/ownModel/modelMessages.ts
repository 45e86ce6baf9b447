import type { MessagePort } from 'node:worker_threads';
import { CodedError, type ErrorCode } from '../../core/registry/problem';

/** A file that answers in place of u. */
interface ModelFile {
  /** Absolute path. */
  readonly file: string;
  /** Numbers in one state. */
  readonly dimension: number;
  /** The longest that it may take to load, and to answer once, in seconds. */
  readonly timeout: number;
  /** When the file was written, in milliseconds: a file that changed is loaded anew. */
  readonly written: number;
}

/** A function in a file of Python. */
export interface PythonModel extends ModelFile {
  readonly kind: 'python';
  readonly function: string;
}

/** A graph in ONNX's format. */
export interface OnnxModel extends ModelFile {
  readonly kind: 'onnx';
  /** Where the package onnxruntime-web lies: absolute path. */
  readonly library: string;
  /** The features of all states, where the graph takes some. */
  readonly x: readonly number[];
}

export type OwnModel = PythonModel | OnnxModel;

/** A model that is loaded. It answers one question at a time. */
export interface RunningModel {
  readonly alive: boolean;
  /** n x dimension; a ModelError says why not. */
  ask(question: ModelQuestion): Promise<Float32Array>;
  /** Whether it keeps this process from ending. */
  hold(wanted: boolean): void;
  kill(): void;
}

/** What a model is asked: its value at n states of one time. */
export interface ModelQuestion {
  readonly model: OwnModel;
  readonly n: number;
  readonly t: number;
  readonly logSnr: number;
  /** n x dimension. */
  readonly z: Float32Array;
}

/** What it answered, n x dimension, or why it did not. */
export type ModelAnswer = { readonly given: Float32Array } | { readonly code: ErrorCode; readonly message: string };

/** Both ends of the line between a thread that waits for answers and the one that gives them. */
export interface ModelLineEnds {
  readonly port: MessagePort;
  /** One number, in shared memory, that is 1 once the answer is in the port. */
  readonly flag: Int32Array<SharedArrayBuffer>;
}

/** A model of the reader failed. It ends whatever was computed with it: no other method would fare better. */
export class ModelError extends CodedError {
  override readonly name = 'ModelError';

  constructor(message: string, code: ErrorCode = 'input') {
    super(code, message);
  }
}
