import fs from 'node:fs';
import path from 'node:path';
import { RunIndex } from '../../src/trainer/runs/runIndex';
import type { Fault, FaultRun, Outcome } from './fault';

const FIXTURES = 'test/fixtures/0.1.0/runs';

/** One run in so many has a record that was cut. */
const DAMAGED = 100;

/** How often a list is read that was read before. */
const WARM = 5;

function makeRuns(runs: string, count: number): void {
  const from = fs.readdirSync(FIXTURES).map((name) => {
    const read = (file: string) => fs.readFileSync(path.join(FIXTURES, name, file), 'utf8');
    return { record: read('run.json'), experiment: read('experiment.json') };
  });
  for (let k = 0; k < count; k++) {
    const { record, experiment } = from[k % from.length]!;
    const run = path.join(runs, `run-${String(k).padStart(6, '0')}`);
    fs.mkdirSync(run, { recursive: true });
    fs.writeFileSync(path.join(run, 'experiment.json'), experiment);
    fs.writeFileSync(path.join(run, 'run.json'), k % DAMAGED ? record : record.slice(0, record.length / 2));
  }
}

async function listMany(run: FaultRun): Promise<Outcome> {
  const runs = path.join(run.folder(), 'runs');
  makeRuns(runs, run.times);
  const failures: string[] = [];
  let index = new RunIndex(runs);
  const timed = async () => {
    const begun = performance.now();
    const { rows, damaged } = await index.list();
    const { size: length } = new Set([...rows, ...damaged].map(({ id }) => id));
    if (length !== run.times) failures.push(`the list has ${length} of ${run.times} runs`);
    return performance.now() - begun;
  };
  const cold = await timed();
  index = new RunIndex(runs); // as a window that is opened later has it
  const opened = await timed();
  const warm: number[] = [];
  for (let k = 0; k < WARM; k++) warm.push(await timed());
  warm.sort((a, b) => a - b);
  return {
    times: run.times,
    lost: failures.length ? 'runs that are not listed' : '0 runs',
    recovered: `all listed, the ${Math.ceil(run.times / DAMAGED)} damaged ones by name`,
    longest: cold,
    note: `cold ${cold.toFixed(0)} ms, in a new window ${opened.toFixed(0)} ms, again ${warm[Math.floor(WARM / 2)]!.toFixed(0)} ms`,
    failures: [...new Set(failures)],
  };
}

export const manyRunsFault: Fault = {
  name: 'many-runs',
  what: 'so many runs are kept in one folder, one in a hundred of them damaged, and listed',
  times: { full: 5000, short: 300 },
  seconds: 20,
  run: listMany,
};
