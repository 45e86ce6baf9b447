// Trains a task for long, and prints what memory the process holds, a line of JSON at each report:
// node --expose-gc soak.js '{"experiment": ..., "runs": ...}'.
import path from 'node:path';
import type { TrainTask } from '../../../src/core/runs/record';
import { startBackend } from '../../../src/trainer/engine/backend';
import { trainRun } from '../../../src/trainer/runs/trainRun';

/** Milliseconds between two measurements. */
const PAUSE = 200;

/** Bytes that are in use, after what is garbage was freed. */
function measure(): { held: number; rss: number } {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { held: heapUsed + external, rss };
}

async function main(): Promise<void> {
  const task = JSON.parse(process.argv[2]!) as TrainTask;
  const backend = await startBackend(path.resolve('dist'));
  let last = 0;
  const { state, message } = await trainRun(task, {
    backend,
    onProgress: ({ step }) => {
      if (performance.now() - last < PAUSE) return;
      console.log(JSON.stringify({ step, ...measure() }));
      last = performance.now();
    },
  });
  if (state !== 'done') throw new Error(`the training is ${state}: ${message}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
