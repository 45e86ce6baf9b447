import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { RunRecord } from '../../../src/core/runs/record';
import { noprop } from './noprop';

const FIXTURES = path.resolve('test/fixtures/0.1.0/runs');
const [SOURCE] = fs.readdirSync(FIXTURES).filter((name) => name.endsWith('old-ct'));

/** A run of a list. */
export interface Listed {
  readonly id: string;
  readonly label?: string;
  readonly state?: string;
  readonly score?: number;
  readonly problem?: string;
  readonly canMend?: boolean;
  readonly notes?: { readonly tags?: string[] };
}

/** A value that is printed with --json. */
type Printed = Readonly<Record<string, unknown>>;

/** A run of two moons as it was trained, with another seed, learning rate, score and the like. */
export function makeRun(
  dir: string,
  id: string,
  { rate = 0.002, ...change }: Partial<RunRecord> & { rate?: number } = {},
): void {
  fs.cpSync(path.join(FIXTURES, SOURCE!), path.join(dir, id), { recursive: true });
  const edit = (file: string, made: (value: Printed) => Printed) => {
    const value = JSON.parse(fs.readFileSync(path.join(dir, id, file), 'utf8')) as Printed;
    fs.writeFileSync(path.join(dir, id, file), JSON.stringify(made(value), null, 2));
  };
  edit('run.json', (record) => ({ ...record, ...change, id }));
  edit('experiment.json', (one) => ({
    ...one,
    name: change.name ?? one.name,
    seed: change.seed ?? 0,
    training: { ...(one.training as object), learningRate: rate },
  }));
}

/** What a command prints with --json. */
export const read = async <T = Printed>(...args: string[]): Promise<T> => {
  const { status, stdout, stderr } = await noprop('runs', ...args, '--json');
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as T;
};

/** What a command that is refused says. */
export const refusal = async (...args: string[]): Promise<string> => {
  const { status, stdout, stderr } = await noprop('runs', ...args);
  assert.deepEqual([status, stdout], [2, '']);
  return stderr;
};
