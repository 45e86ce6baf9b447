import { rowOf } from '../registry/parameters';
import { csv } from './csv';
import { curvesJson } from './curvesJson';
import { diffusers } from './diffusers';
import type { ExportFormat } from './export';
import { json } from './json';
import { notebook } from './notebook';
import { latex } from './latex';
import { numpy } from './numpy';
import { onnx, onnxU } from './onnx';
import { torch } from './torch';
import { flowSigmas, sigmas, timesteps } from './stepLists';
import { tfjs } from './tfjs';
import { torchTraining } from './trainingScript';

/** Every format, in the order the picker shows. A new one is a file beside this and a row here. */
export const exportFormats: readonly ExportFormat[] = [
  json,
  csv,
  curvesJson,
  latex,
  numpy,
  diffusers,
  sigmas,
  flowSigmas,
  timesteps,
  onnx,
  onnxU,
  tfjs,
  torch,
  notebook,
  torchTraining,
];

/** The format of this id; an InputError that lists the known ones where there is none. */
export const exportFormat = (id: string): ExportFormat => rowOf('format', exportFormats, id);

export { offeredName, readsWeights } from './export';
export type { ExportedFile, ExportedTensor, ExportFormat, ExportSource, TrainedModel } from './export';
