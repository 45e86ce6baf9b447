import os from 'node:os';
import path from 'node:path';
import type { Experiment } from '../../core/experiment/experiment';
import { learnsSchedule } from '../../core/experiment/learnedSchedule';
import { binRange } from '../../core/runs/binRange';
import type { LearnedRecord, RunRecord } from '../../core/runs/record';
import type { Backend } from '../engine/backend';
import type { PreparedData } from '../data/preparedData';
import { heapMemory } from '../engine/heap';
import { totalSize } from '../network/tensors';
import type { TrainingPlan } from '../training/plan';

/** Where a run comes from. */
export interface RunOrigin {
  readonly backend: Backend;
  /** What paths in its experiment are relative to. */
  readonly source: string;
  readonly group?: string | undefined;
  /** Its record so far, where it is resumed. */
  readonly before?: RunRecord | undefined;
}

/** The record of a run that begins or is resumed. */
export function newRecord(
  folder: string,
  plan: TrainingPlan,
  { backend, source, group, before }: RunOrigin,
): RunRecord {
  const now = new Date().toISOString();
  return {
    version: 1,
    id: path.basename(folder),
    name: plan.experiment.name,
    model: plan.kind.id,
    state: 'running',
    step: before?.step ?? 0,
    steps: plan.steps,
    seed: plan.seed,
    ...((before?.group ?? group) && { group: before?.group ?? group }),
    ...(before?.checkpoints && { checkpoints: before.checkpoints }),
    started: before?.started ?? now,
    updated: now,
    seconds: before?.seconds ?? 0,
    process: process.pid,
    host: os.hostname(),
    versions: { node: process.version, tfjs: backend.version },
    backend: backend.name,
    kernels: [...new Set([...(before?.kernels.split(', ') ?? []), backend.kernels])].filter(Boolean).join(', '),
    parameters: totalSize(plan.kind.parameterShapes(plan)),
    logSnr: binRange(plan.experiment),
    learned: before?.learned ?? learnedRecord(plan.experiment),
    data: dataRecord(plan.data, source),
  };
}

/** The initial schedule, where it is trained with the model; undefined where it is not. */
export function learnedRecord(experiment: Experiment): LearnedRecord | undefined {
  if (!learnsSchedule(experiment)) return undefined;
  const { params, inputs } = experiment.schedules[0]!;
  const weights = inputs.weights as readonly number[];
  return { gammaMin: params.gammaMin!, gammaMax: params.gammaMax!, initial: weights, weights };
}

/** Bytes that this thread holds: the wasm heap, V8's heap, and arrays outside both. */
export function memoryHeld(): number {
  const { heapTotal, external } = process.memoryUsage();
  return heapMemory().buffer.byteLength + heapTotal + external;
}

/** How data were read, for a run's record. `folder` is what a data file's path is relative to. */
export const dataRecord = (data: PreparedData, folder: string): RunRecord['data'] => ({
  ...(data.targets && {
    targets: {
      names: data.targets.names,
      mean: [...data.targetScaling!.mean],
      scale: [...data.targetScaling!.scale],
    },
  }),
  trainRows: data.train.length,
  testRows: data.test.length,
  ...(data.validation && { validationRows: data.validation.length }),
  classes: data.classes,
  features: data.features,
  columns: data.columns,
  mean: [...data.mean],
  scale: [...data.scale],
  min: [...data.min],
  max: [...data.max],
  folder,
});
