import { defineDenoiser } from './denoiser';

export const onnx = defineDenoiser({
  id: 'onnx',
  title: 'Own model in ONNX',
  summary:
    'u is what a graph of yours answers, in a file of ONNX beside the experiment, run by the package onnxruntime-web of your workspace.',
  equation: String.raw`u = f(z,\, t,\, \bar\alpha,\, \gamma,\, x)`,
  source: 'A file of yours',
  parameters: {},
  needs: 'onnx',
});
