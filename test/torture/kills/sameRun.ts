import fs from 'node:fs';
import path from 'node:path';

/** Keys of run.json that tell one training from another that computes the same: names, times, machine. */
const PASSING = [
  'id',
  'process',
  'host',
  'started',
  'updated',
  'seconds',
  'stepsPerSecond',
  'memory',
  'threads',
  'group',
];

/** Files of a run that its training leaves at its end. */
function filesOf(run: string): string[] {
  return fs
    .readdirSync(run, { recursive: true, encoding: 'utf8' })
    .filter((name) => fs.statSync(path.join(run, name)).isFile() && path.basename(name) !== 'run.lock')
    .sort();
}

function lasting(file: string): string {
  const { data, ...record } = JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, unknown>;
  const kept = Object.entries(record).filter(([key]) => !PASSING.includes(key));
  return JSON.stringify([kept, { ...(data as object), folder: '' }]);
}

/** What differs between two runs of the same experiment, in words; nothing where they are the same in every byte. */
export function differences(one: string, other: string): string[] {
  const [a, b] = [filesOf(one), filesOf(other)];
  const alone = [...a.filter((name) => !b.includes(name)), ...b.filter((name) => !a.includes(name))];
  const differing = a
    .filter((name) => b.includes(name))
    .filter((name) => {
      const [first, second] = [path.join(one, name), path.join(other, name)];
      if (name === 'run.json') return lasting(first) !== lasting(second);
      return !fs.readFileSync(first).equals(fs.readFileSync(second));
    });
  return [...alone.map((name) => `${name} is in one alone`), ...differing.map((name) => `${name} differs`)];
}
