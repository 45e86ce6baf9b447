import fs from 'node:fs';
import path from 'node:path';
import { parseExperiment } from '../../../src/core/experiment/document';
import { newExperiment } from '../../../src/core/experiment/experiment';

/** The kinds of model that are killed, each with what it keeps beside its weights. */
const KINDS = [
  { id: 'ct', hidden: [16] },
  { id: 'dt', hidden: [8], blocks: 3 },
  { id: 'fm', hidden: [16] },
  { id: 'backprop', hidden: [16] },
] as const;

/** What is trained while it is killed: a small model that is saved and kept often. */
export interface Subject {
  readonly kind: string;
  /** Its file; runs are made in folders of their own. */
  readonly file: string;
  readonly experiment: NonNullable<ReturnType<typeof parseExperiment>['experiment']>;
}

/** Writes the file of the k-th subject into a folder; the kinds of model take turns. `steps` of about 20,000 a second. */
export function subjectOf(folder: string, k: number, steps: number): Subject {
  const model = KINDS[k % KINDS.length]!;
  const text = JSON.stringify({
    ...newExperiment('Killed'),
    data: { id: 'two-moons', params: { n: 200 } },
    model,
    training: { steps, batch: 16, averaging: 0.9, checkpoints: Math.ceil(steps / 8) },
    seed: k,
  });
  const file = path.join(folder, `subject-${k}.noprop.json`);
  fs.writeFileSync(file, text);
  return { kind: model.id, file, experiment: parseExperiment(text).experiment! };
}
