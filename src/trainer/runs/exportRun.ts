import path from 'node:path';
import { exportFormat, readsWeights, type ExportedTensor, type ExportSource } from '../../core/exports';
import { InputError } from '../../core/registry/problem';
import { chosenRun, type RunChoice } from '../../core/runs/record';
import type { ExportChoice, Written } from '../../protocol/trainerCalls';
import { scheduleWeights, withScheduleWeights } from '../training/optimiser/scheduleTensors';
import { weightsUnder, type Tensors } from '../network/tensors';
import { replacesFile, writeOutput } from './outputFile';
import { readRecord, readRunExperiment, readTrainedExperiment, readWeightsFile } from './runFolder';
import { weightsMetadata } from './weightsMetadata';

/** A run, or one of its checkpoints, as formats take it. An InputError where it has no weights. */
async function trainedSource(choice: RunChoice): Promise<ExportSource> {
  const { run } = chosenRun(choice);
  const [file, record, untrained] = await Promise.all([
    readWeightsFile(choice),
    readRecord(run),
    readRunExperiment(run),
  ]);
  const experiment = withScheduleWeights(untrained, scheduleWeights(weightsUnder(file.tensors)));
  const metadata = weightsMetadata(file, record, untrained);
  return { experiment, trained: { record, metadata, tensors: singles(file.tensors) } };
}

const singles = (tensors: Tensors): Readonly<Record<string, ExportedTensor>> =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, values }]) => [
      name,
      { shape, data: values instanceof Float32Array ? values : Float32Array.from(values) },
    ]),
  );

/** What a format takes of a run: its experiment alone, where the format holds no weights. */
async function sourceOf(choice: RunChoice, weights: boolean): Promise<ExportSource> {
  const { run, checkpoint } = chosenRun(choice);
  if (weights || checkpoint !== undefined) return trainedSource(choice);
  return { experiment: await readTrainedExperiment(run) };
}

/** Writes a run in a format, to a file and what stands beside it. */
export async function exportRun(choice: RunChoice, { format, out, replace }: ExportChoice): Promise<Written> {
  const row = exportFormat(format);
  return writeExport(await sourceOf(choice, readsWeights(row)), { format, out, replace });
}

/**
 * Writes what is exported, the chosen file last: it is there only where all is. Nothing is written where files beside it
 * are in the way and may not be replaced. An InputError where the format needs a run and there is none.
 */
export async function writeExport(source: ExportSource, { format, out, replace }: ExportChoice): Promise<Written> {
  const { needs, write, beside, lost } = exportFormat(format);
  if (needs === 'run' && !source.trained)
    throw new InputError(`the format ${format} is of a trained model: name the folder of a run`);
  const name = path.basename(out);
  const content = write(source, name);
  const files = (beside?.(source, name) ?? []).map((one) => ({
    path: path.join(path.dirname(out), one.name),
    content: one.content,
  }));
  const there = await Promise.all(
    files.map(async (file) => ({ path: file.path, taken: await replacesFile(file.path) })),
  );
  const inTheWay = replace ? [] : there.filter(({ taken }) => taken).map((file) => file.path);
  if (inTheWay.length) return { files: [], inTheWay, lost: [] };
  for (const file of files) await writeOutput(file.path, file.content);
  await writeOutput(out, content);
  return { files: [out, ...files.map((file) => file.path)], inTheWay, lost: lost?.(source) ?? [] };
}
