import { Worker } from 'node:worker_threads';
import { patient } from '../harness/pace.mjs';

/** How long one case may take before the run is ended as stuck, milliseconds on an idle machine. */
const STUCK = 60_000;

const script = `
  const { workerData, parentPort } = require('node:worker_threads');
  const { writeSync } = require('node:fs');
  const beats = new Int32Array(workerData.beats);
  let [name, seen, since] = ['', -1, Date.now()];
  parentPort.on('message', (message) => { name = message; since = Date.now(); });
  setInterval(() => {
    const now = Atomics.load(beats, 0);
    if (now !== seen) { seen = now; since = Date.now(); return; }
    if (!name || Date.now() - since < workerData.stuck) return;
    writeSync(2, '\\nSTUCK: ' + name + ', after ' + now + ' cases\\n');
    process.kill(process.pid, 'SIGKILL');
  }, 1000);
`;

/** Ends the process, and says where it is, when one case does not end: a loop without an end blocks this thread. */
export class Watchdog {
  private readonly beats = new Int32Array(new SharedArrayBuffer(4));
  private readonly worker = new Worker(script, {
    eval: true,
    workerData: { beats: this.beats.buffer, stuck: patient(STUCK) },
  });

  constructor() {
    this.worker.unref();
  }

  /** What is watched from now on; nothing where it is empty. */
  watch(name: string): void {
    Atomics.store(this.beats, 0, 0);
    this.worker.postMessage(name);
  }

  /** So many cases are done. */
  beat(done: number): void {
    Atomics.store(this.beats, 0, done);
  }
}
