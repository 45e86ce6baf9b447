import { spawnSync } from 'node:child_process';
import type { Numbers } from './onnx';

/** Loads a graph model as any page would, in a process of its own: here TensorFlow.js has kernels of ours. */
const SCRIPT = `
const fs = require('node:fs'), path = require('node:path');
const tf = require('@tensorflow/tfjs');
(async () => {
  await tf.setBackend('cpu');
  const [file] = process.argv.slice(1);
  const model = await tf.loadGraphModel({
    load: async () => {
      const json = JSON.parse(fs.readFileSync(file, 'utf8'));
      const [{ paths, weights }] = json.weightsManifest;
      const shards = paths.map((name) => fs.readFileSync(path.join(path.dirname(file), name)));
      const bytes = Uint8Array.from(Buffer.concat(shards));
      return { ...json, weightSpecs: weights, weightData: bytes.buffer };
    },
  });
  const questions = JSON.parse(fs.readFileSync(0, 'utf8'));
  const answers = questions.map((inputs) => {
    const feeds = Object.entries(inputs).map(([name, { data, shape }]) => [name, tf.tensor(data, shape, 'float32')]);
    return Array.from(model.predict(Object.fromEntries(feeds)).dataSync());
  });
  console.log(JSON.stringify(answers));
})();
`;

/** What a graph model of TensorFlow.js (its model.json) answers to each of these inputs, by stock TensorFlow.js. */
export function predictedByTfjs(file: string, questions: readonly Readonly<Record<string, Numbers>>[]): number[][] {
  const input = JSON.stringify(
    questions.map((inputs) =>
      Object.fromEntries(Object.entries(inputs).map(([name, { data, shape }]) => [name, { data: [...data], shape }])),
    ),
  );
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', SCRIPT, file], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as number[][];
}
