import type { TrainedModel } from '../export';

/** What of the metadata of a run's weights goes into files of graphs too. */
const KEPT = ['classes', 'features', 'columns', 'targets', 'scaling', 'experiment', 'prediction'];

/** What a file says of the run that it was made of; lists and objects as JSON. */
export function metadataOf({ record, metadata }: TrainedModel): Readonly<Record<string, string>> {
  const { id, name, model, seed } = record;
  const texts = KEPT.flatMap((key) => (metadata[key] === undefined ? [] : [[key, metadata[key]] as const]));
  return { run: id, name, model, seed: String(seed), ...Object.fromEntries(texts) };
}
