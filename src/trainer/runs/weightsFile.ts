import path from 'node:path';
import type { Experiment } from '../../core/experiment/experiment';
import { own } from '../../core/registry/own';
import { InputError } from '../../core/registry/problem';
import { chosenRun, type RunChoice, type RunRecord, type TrainTask } from '../../core/runs/record';
import type { Backend } from '../engine/backend';
import { loadData } from '../data/load';
import { readRegularFile } from '../files/regularFile';
import { scoresOfWeights } from '../training/scores';
import { writeOutput } from './outputFile';
import { scheduleWeights } from '../training/optimiser/scheduleTensors';
import { evaluationRow } from '../training/recordedMetrics';
import { weightsUnder, type Shapes, type Tensor, type Tensors } from '../network/tensors';
import { planTraining } from '../training/plan';
import { newRecord } from './newRecord';
import { writeMetrics, writeRecord, writeWeights } from './runFiles';
import { createRun, readRecord, readRunExperiment, readWeightsFile } from './runFolder';
import { readTensors, writeTensors, type SafetensorsFile } from './safetensors';
import { weightsMetadata } from './weightsMetadata';

/** Writes the weights of a run or of one of its checkpoints as safetensors, with all that a prediction needs beside them. */
export async function exportWeights(choice: RunChoice, out: string): Promise<void> {
  const { run } = chosenRun(choice);
  const [file, record, experiment] = await Promise.all([
    readWeightsFile(choice),
    readRecord(run),
    readRunExperiment(run),
  ]);
  const metadata = weightsMetadata(file, record, experiment);
  await writeOutput(out, writeTensors({ tensors: file.tensors, metadata }));
}

/** Makes a run of the weights in a file. An InputError where they are not those of the task's model. */
export async function importWeights(task: TrainTask, from: string, backend: Backend): Promise<RunRecord> {
  const { experiment, folder, runs, files } = task;
  const { tensors, metadata } = await readFile(from);
  const plan = planTraining(experiment, await loadData(experiment, folder, files));
  const weights = checkWeights(tensors, plan.kind.parameterShapes(plan));
  const step = /^\d{1,9}$/.test(metadata.step ?? '') ? Number(metadata.step) : 0;
  const scores = scoresOfWeights(plan, weights);
  const run = await createRun(runs, experiment);
  const message = `imported from ${path.basename(from)}${differences(metadata, experiment)}`;
  const { learned, ...begun } = newRecord(run, plan, { backend, source: folder });
  const schedule = scheduleWeights(weightsUnder(weights));
  const record: RunRecord = {
    ...begun,
    ...scores,
    ...(learned && schedule && { learned: { ...learned, weights: Array.from(schedule) } }),
    state: 'done',
    message,
    step,
    steps: step,
  };
  await writeWeights(run, step, weights);
  await writeMetrics(run, evaluationRow(step, scores));
  await writeRecord(run, record);
  return record;
}

async function readFile(from: string): Promise<SafetensorsFile> {
  const bytes = await readRegularFile(from, { most: WEIGHT_BYTES });
  try {
    return readTensors(bytes);
  } catch (error) {
    throw new InputError(`${from}: ${(error as Error).message}`);
  }
}

const sizeText = (shape: readonly number[]) => (shape.length ? shape.join(' x ') : 'a single number');

/** The tensors that a model needs. An InputError names the one at fault, its shape and the shape that is needed. */
export function checkWeights(tensors: Tensors, shapes: Shapes): Tensors {
  const extra = Object.entries(tensors).find(([name]) => !Object.hasOwn(shapes, name));
  if (extra)
    throw new InputError(
      `the tensor "${extra[0]}" (${sizeText(extra[1].shape)}) is none of the model's: it has ${Object.keys(shapes).join(', ')}`,
    );
  const checked = Object.entries(shapes).map(
    ([name, shape]) => [name, checkTensor(name, shape, own(tensors, name))] as const,
  );
  return Object.fromEntries(checked);
}

function checkTensor(name: string, shape: readonly number[], tensor: Tensor | undefined): Tensor {
  const size = sizeText(shape);
  if (!tensor) throw new InputError(`the tensor "${name}" (${size}) is missing: the model needs it`);
  const { values } = tensor;
  if (tensor.shape.join() !== shape.join())
    throw new InputError(`the tensor "${name}" is ${sizeText(tensor.shape)}: the model needs ${size}`);
  if (!(values instanceof Float32Array || values instanceof Float64Array))
    throw new InputError(`the tensor "${name}" holds whole numbers: F32 or F64 is needed`);
  const at = values.findIndex((value) => !Number.isFinite(Math.fround(value)));
  if (at >= 0)
    throw new InputError(
      `the tensor "${name}" (${size}) holds ${values[at]} at place ${at}: finite numbers of single precision are needed`,
    );
  return tensor;
}

/** The most bytes of a file of weights. */
const WEIGHT_BYTES = 2e9;

/** The parts of an experiment that weights depend on, beside their shapes. */
const KEYS = ['data', 'schedules', 'window', 'model', 'seed'] as const;

/** Says which parts of the experiment that made the weights differ from the one that they are imported into. */
function differences({ experiment: text }: Readonly<Record<string, string>>, experiment: Experiment): string {
  const made = parse(text);
  const other = made ? KEYS.filter((key) => JSON.stringify(made[key]) !== JSON.stringify(experiment[key])) : [];
  return other.length ? `; the experiment that made the weights has other ${other.join(', ')}` : '';
}

function parse(text: string | undefined): Partial<Experiment> | undefined {
  try {
    const value = JSON.parse(text ?? 'null') as unknown;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined; // another tool's metadata
  }
}
