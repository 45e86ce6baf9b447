import { stat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../core/registry/problem';
import type { RunChoice } from '../core/runs/record';
import { toNumber } from './arguments';

/** The run in a folder, at a checkpoint where one is given; an InputError where the folder holds no run. */
export async function readRunChoice(run: string, checkpoint?: string): Promise<RunChoice> {
  if (!(await stat(path.join(run, 'run.json')).catch(() => undefined)))
    throw new InputError(`${run} is not a run: it has no run.json`);
  if (checkpoint === undefined) return run;
  const step = toNumber('--checkpoint', checkpoint);
  if (Number.isInteger(step) && step > 0) return { run, checkpoint: step };
  throw new InputError(`--checkpoint must be a step, a whole number from 1: got ${checkpoint}`);
}
