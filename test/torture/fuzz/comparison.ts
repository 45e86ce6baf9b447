import fs from 'node:fs';
import path from 'node:path';
import { comparisonTable } from '../../../src/core/compare';
import { bySeries } from '../../../src/core/compare/comparisonRow';
import { readComparison } from '../../../src/trainer/runs/comparisonFiles';
import { isJsonObject, mutatedJson } from './mutation';
import { asText, fuzzFault } from './reader';

const FILES = ['test/fixtures/0.1.0/kept-comparison.json', 'test/fixtures/0.1.0/kept-run-comparison.json'];

let file = '';

async function read(text: string): Promise<void> {
  fs.writeFileSync(file, text);
  const { picture, experiment } = await readComparison(file);
  comparisonTable(picture);
  bySeries(picture.rows);
  if (typeof experiment.name !== 'string') throw new Error('an experiment without a name');
}

export const comparisonFault = fuzzFault<string>({
  name: 'comparison',
  what: 'kept comparisons with parts changed are read',
  seconds: 100,
  short: 400,
  inputs: (run) => {
    file = path.join(run.folder(), 'comparison.json');
    return FILES.map((name) => fs.readFileSync(name, 'utf8'));
  },
  mutate: mutatedJson,
  read,
  isPast: isJsonObject,
  ...asText,
});
