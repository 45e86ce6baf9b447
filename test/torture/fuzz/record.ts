import fs from 'node:fs';
import path from 'node:path';
import { readRecord } from '../../../src/trainer/runs/runFolder';
import { RunIndex } from '../../../src/trainer/runs/runIndex';
import { isJsonObject, mutatedJson } from './mutation';
import { asText, fuzzFault } from './reader';

const RUNS = 'test/fixtures/0.1.0/runs';

let folder = '';

/** Puts the text where a run's record is, and reads it alone and in a list. */
async function read(text: string): Promise<void> {
  fs.writeFileSync(path.join(folder, 'one', 'run.json'), text);
  const { rows, damaged } = await new RunIndex(folder).list();
  if (rows.length + damaged.length === 0) throw new Error('the list does not have the run');
  const { state, steps } = await readRecord(path.join(folder, 'one'));
  if (typeof state !== 'string' || typeof steps !== 'number') throw new Error('a record without a state');
}

export const recordFault = fuzzFault<string>({
  name: 'record',
  what: 'records of runs (run.json) with parts changed are read, alone and in the list of runs',
  seconds: 100,
  short: 400,
  inputs: (run) => {
    folder = run.folder();
    fs.mkdirSync(path.join(folder, 'one'));
    fs.copyFileSync(
      path.join(RUNS, fs.readdirSync(RUNS)[0]!, 'experiment.json'),
      path.join(folder, 'one', 'experiment.json'),
    );
    return fs.readdirSync(RUNS).map((name) => fs.readFileSync(path.join(RUNS, name, 'run.json'), 'utf8'));
  },
  mutate: mutatedJson,
  read,
  isPast: isJsonObject,
  ...asText,
});
