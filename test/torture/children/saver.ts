// Trains a task in this process, as a thread of the pool does: node saver.js '{"experiment": ..., "runs": ...}'. Each
// report is a line of JSON: {"step": ..., "saveProblem": ...}.
import path from 'node:path';
import type { TrainTask } from '../../../src/core/runs/record';
import { startBackend } from '../../../src/trainer/engine/backend';
import { trainRun } from '../../../src/trainer/runs/trainRun';

async function main(): Promise<void> {
  const task = JSON.parse(process.argv[2]!) as TrainTask;
  const backend = await startBackend(path.resolve('dist'));
  const { state, message } = await trainRun(task, {
    backend,
    onProgress: ({ step, saveProblem }) => console.log(JSON.stringify({ step, saveProblem })),
  });
  if (state !== 'done') throw new Error(`the training is ${state}: ${message}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
