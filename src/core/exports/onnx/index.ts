import type { ExportFormat } from '../export';
import { metadataOf } from '../modelGraph/metadata';
import { predictionGraph } from '../modelGraph/prediction';
import { trainedOf } from '../modelGraph/recipe';
import { uGraph } from '../modelGraph/u';
import { onnxBytes } from './model';

export const onnx: ExportFormat = {
  id: 'onnx',
  title: 'ONNX, whole prediction',
  summary: 'From features to labels with their probabilities, or to numbers: scaling, all steps and read-out inside',
  extension: 'onnx',
  needs: 'run',
  write: (source) => onnxBytes(predictionGraph(trainedOf(source)), metadataOf(trainedOf(source))),
};

export const onnxU: ExportFormat = {
  id: 'onnx-u',
  title: 'ONNX, u alone',
  summary: 'The network as u(z, x, t), or the velocity of NoProp-FM, with scaling and time features inside',
  extension: 'onnx',
  needs: 'run',
  write: (source) => onnxBytes(uGraph(trainedOf(source)), metadataOf(trainedOf(source))),
};
