import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { readRecord, readRunMetrics, readWeightsFile } from '../../../src/trainer/runs/runFolder';
import { readTensors } from '../../../src/trainer/runs/safetensors';

/** What of run.json tells a training from another that computes the same. */
const PASSING = [
  ...['id', 'process', 'host', 'started', 'updated', 'seconds', 'stepsPerSecond', 'memory', 'group'],
  'threads',
];

/** Runs a script of Node in a folder, and kills it (SIGKILL) after some milliseconds; false where it ended before. */
export async function killAfter(milliseconds: number, cwd: string, ...args: readonly string[]): Promise<boolean> {
  const child = spawn(process.execPath, args, { cwd, stdio: 'ignore' });
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  const signal = await new Promise((resolve) => child.once('exit', (_code, by) => resolve(by)));
  clearTimeout(timer);
  return signal === 'SIGKILL';
}

/** The folders of runs in a folder: those that a list would show. */
export const runsIn = (runs: string): string[] =>
  (fs.existsSync(runs) ? fs.readdirSync(runs) : [])
    .map((name) => path.join(runs, name))
    .filter((run) => fs.existsSync(path.join(run, 'run.json')));

/** What is not of one step among the files of a run that nobody writes to, once it was opened; empty where all is. */
export async function stepsApart(run: string): Promise<string[]> {
  const { step, state, loss } = await readRecord(run);
  const [weights, metrics] = [await readWeightsFile(run), await readRunMetrics(run)];
  const bytes = (name: string) => fs.readFileSync(path.join(run, name));
  const saved = Number(readTensors(bytes('state.safetensors')).metadata.step);
  const found = {
    'the state': saved,
    'the weights': Number(weights.metadata.step),
    'the file of weights': Number(readTensors(bytes('weights.safetensors')).metadata.step),
    'the record': (JSON.parse(bytes('run.json').toString('utf8')) as { step: number }).step,
  };
  const apart = Object.entries(found).filter(([, one]) => one !== step);
  const last = Math.max(0, ...metrics.step, ...metrics.evaluatedAt);
  return [
    ...apart.map(([name, one]) => `${name} is of step ${one}, the run of step ${step}`),
    ...(last > step ? [`the metrics go to step ${last}, the run to step ${step}`] : []),
    ...(metrics.loss.at(-1) === loss ? [] : [`the last loss is ${metrics.loss.at(-1)}, the record's ${loss}`]),
    ...(state === 'running' ? ['the run says that it is running'] : []),
  ];
}

/** What differs between the files of two runs that should have computed the same; empty where no byte does. */
export function differences(one: string, other: string): string[] {
  const checkpoints = (run: string): string[] => {
    const folder = path.join(run, 'checkpoints');
    return fs.existsSync(folder) ? fs.readdirSync(folder).map((name) => path.join('checkpoints', name)) : [];
  };
  const names = ['metrics.csv', 'weights.safetensors', 'state.safetensors', 'experiment.json'];
  const found = new Set([...names, ...checkpoints(one), ...checkpoints(other)]);
  const differ = [...found].flatMap((name) => {
    const files = [one, other].map((run) => path.join(run, name)).filter((file) => fs.existsSync(file));
    if (files.length < 2) return [`${name}: only in one`];
    const [a, b] = files.map((file) => fs.readFileSync(file)) as [Buffer, Buffer];
    if (a.length !== b.length) return [`${name}: another length`];
    const count = a.filter((byte, i) => byte !== b[i]).length;
    return count ? [`${name}: ${count} bytes`] : [];
  });
  const [a, b] = [one, other].map(lastingText);
  return a === b ? differ : [...differ, 'run.json'];
}

/** What run.json says that two runs of the same training share. */
function lastingText(run: string): string {
  const record = JSON.parse(fs.readFileSync(path.join(run, 'run.json'), 'utf8')) as Record<string, unknown>;
  const hidden = (key: string) => PASSING.includes(key) || key === 'folder';
  return JSON.stringify(record, (key, value: unknown) => (hidden(key) ? undefined : value));
}
