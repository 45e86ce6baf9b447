import fs from 'node:fs/promises';
import path from 'node:path';
import type { Experiment } from '../../core/experiment/experiment';
import { InputError } from '../../core/registry/problem';
import type { Metrics, Scores } from '../../core/runs/metrics';
import { chosenRun, type RunChoice, type RunRecord, type TrainTask } from '../../core/runs/record';
import type { Backend } from '../engine/backend';
import { loadData } from '../data/load';
import { scoresOfWeights } from '../training/scores';
import { writeAtomically } from './writeAtomically';
import { scheduleWeights } from '../training/optimiser/learnedSchedule';
import { MetricsRecorder } from '../training/metricsRecorder';
import { weightsUnder, type Tensors } from '../network/tensors';
import { planTraining } from '../training/plan';
import { newRecord } from './newRecord';
import { createRun, readRecord, readRunExperiment, readWeightsFile } from './runFolder';
import { writeMetrics, writeRecord, writeWeights } from './runFolder';
import { readTensors, writeTensors, type SafetensorsFile } from './safetensors';

/**
 * Writes the weights of a run, or of one of its checkpoints, as safetensors that say of themselves, as JSON, what
 * shapes they have, which experiment made them, how features enter and what the classes are called.
 */
export async function exportWeights(choice: RunChoice, out: string): Promise<void> {
  const { run } = chosenRun(choice);
  const [{ entries, metadata }, record, experiment] = await Promise.all([
    readWeightsFile(choice),
    readRecord(run),
    readRunExperiment(run),
  ]);
  const { classes, features, targets, mean, scale } = record.data;
  const told = {
    experiment,
    shapes: Object.fromEntries(Object.entries(entries).map(([name, { shape }]) => [name, shape])),
    classes,
    features,
    ...(targets && { targets }),
    scaling: { mean, scale },
  };
  const text = Object.fromEntries(Object.entries(told).map(([key, value]) => [key, JSON.stringify(value)]));
  await writeAtomically(out, writeTensors({ entries, metadata: { ...metadata, run: record.id, ...text } }));
}

/** Makes a run of weights from a file; an InputError where they are not those of the task's model. */
export async function importWeights(task: TrainTask, from: string, backend: Backend): Promise<RunRecord> {
  const { experiment, folder, runs } = task;
  const { entries, metadata } = await readFile(from);
  const plan = planTraining(experiment, await loadData(experiment, folder));
  const weights = checkWeights(entries, plan.kind.parameterShapes(plan));
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
  await writeMetrics(run, evaluated(step, scores));
  await writeRecord(run, record);
  return record;
}

/** Metrics of one evaluation. */
function evaluated(step: number, scores: Scores): Metrics {
  const recorder = new MetricsRecorder(1);
  recorder.evaluate(step, scores);
  return recorder.take();
}

async function readFile(from: string): Promise<SafetensorsFile> {
  const bytes = await fs.readFile(from).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new InputError(`${from} cannot be read: ${why}`);
  });
  try {
    return readTensors(bytes);
  } catch (error) {
    throw new InputError(`${from}: ${(error as Error).message}`);
  }
}

const sizeText = (shape: readonly number[]) => (shape.length ? shape.join(' x ') : 'a single number');

/** The tensors a model needs; an InputError names the one at fault, its shape and what is expected. */
export function checkWeights(entries: Tensors, sizes: Readonly<Record<string, readonly number[]>>): Tensors {
  const names = Object.keys(sizes);
  const extra = Object.entries(entries).find(([name]) => !(name in sizes));
  if (extra)
    throw new InputError(
      `the tensor "${extra[0]}" (${sizeText(extra[1].shape)}) is none of the model's: it has ${names.join(', ')}`,
    );
  const checked = names.map((name) => {
    const [entry, size] = [entries[name], sizes[name]!];
    if (!entry) throw new InputError(`the tensor "${name}" (${sizeText(size)}) is missing: the model needs it`);
    if (entry.shape.join() !== size.join())
      throw new InputError(`the tensor "${name}" is ${sizeText(entry.shape)}: the model needs ${sizeText(size)}`);
    if (!(entry.values instanceof Float32Array || entry.values instanceof Float64Array))
      throw new InputError(`the tensor "${name}" holds whole numbers: F32 or F64 is needed`);
    const at = entry.values.findIndex((value) => !Number.isFinite(Math.fround(value)));
    if (at >= 0)
      throw new InputError(
        `the tensor "${name}" (${sizeText(size)}) holds ${entry.values[at]} at place ${at}: finite numbers of single precision are needed`,
      );
    return [name, entry] as const;
  });
  return Object.fromEntries(checked);
}

/** What of an experiment decides what weights mean, beside their sizes. */
const KEYS = ['data', 'schedules', 'window', 'model', 'seed'] as const;

/** Which parts of the experiment that made the weights differ from that they are imported into, in words. */
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
